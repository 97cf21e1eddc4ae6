import { dialogHead } from './dialog-parts.js'
import { briefly, loadable, moreButton, skeletons } from './loadable.js'
import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { toast } from '../lib/toast.js'

/** The deleted rows of a table, which can be restored: `open(path)`. Dispatches `row-saved`. */
class BinDialog extends withDialog(ViewElement) {
  #path = null
  #list = null

  open(path) {
    this.#path = path
    this.#list = new PagedList(`${path}/bin`, { changed: () => this.update() })
    this.#list.refresh()
    this.draw()
    this.dialog.showModal()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="bin-title" data-click="backdrop" data-close="closed">
        ${dialogHead('bin-title', t('bin.title'))}
        <p class="quiet">${t('bin.lead')}</p>
        ${this.#list && loadable(this.#list, rows => html`
        <ul class="bin">${rows.map(row => html`<li data-key="bin-${row.id}"><span>${row.title}</span>
          <button type="button" class="button button-small" data-click="restore" data-id="${row.id}">
            ${icon('reboot')}${t('bin.restore')}</button></li>`)}</ul>${moreButton(this.#list)}`, {
          waiting: skeletons('channel', 3), failed: briefly, empty: html`<p class="quiet">
            ${t('bin.empty')}</p>`,
        })}
      </dialog>`
  }

  async restore(_, { dataset: { id } }) {
    try {
      await post(`${this.#path}/${encodeURIComponent(id)}/restore`)
      toast(t('bin.restored'), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#list?.refresh()
    this.dispatchEvent(new CustomEvent('row-saved', { bubbles: true }))
  }

  older() { this.#list.older() }

  closed(_, dialog) {
    if (dialog.open) return
    this.#list = null
    this.update()
  }
}

customElements.define('bin-dialog', BinDialog)
