import './form-field.js'
import { patch, post } from '../lib/api.js'
import { isOutside } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { bodyOf, fieldOf } from '../lib/fields.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { alert } from './notices.js'

/**
 * Creates or changes a row of a table that the server describes: `open(table, row)`. Dispatches `row-saved`.
 */
class TableDialog extends FormElement {
  #table = null
  #row = null

  open(table, row = null) {
    this.#table = table
    this.#row = row
    this.change({ errors: {}, refusal: null, sending: false })
    this.querySelector('dialog').showModal()
    this.querySelector('form .input')?.focus()
  }

  get #draft() { return `table-${this.#table?.name}-${this.#row?.id ?? 'new'}` }

  view() {
    const title = this.#row?.[this.#table.heading] ?? (this.#table && t('tables.add', { noun: this.#table.noun }))
    return html`
      <dialog class="dialog" aria-labelledby="table-title" data-click="backdrop" data-close="closed">
        <header class="dialog-head"><h2 id="table-title">${title}</h2>
          <button class="icon-button" data-click="shut" aria-label="${t('action.close')}">
            ${icon('close')}</button></header>
        ${this.#table && this.#form()}
      </dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const columns = this.#table.columns.filter(column => !column.readOnly)
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="${this.#draft}" data-submit="send">
        ${columns.map(column => fieldOf(column).input(
          column, this.#row ? this.#row[column.name] : column.initial, errors[column.name]))}
        <div class="dialog-actions"><button type="button" class="button" data-click="shut">
          ${t('action.cancel')}</button>
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${t('action.save')}</button></div>
      </form>`
  }

  async send(event, form) {
    const { path, columns } = this.#table
    const needed = columns.filter(column => column.required).map(column => column.name)
    const done = await this.attempt(event, form, needed, async () => {
      const body = bodyOf(form, columns)
      if (this.#row) await this.#change(path, body)
      else await post(path, body)
    })
    if (!done) return
    this.dispatchEvent(new CustomEvent('row-saved', { bubbles: true }))
    this.shut()
  }

  /** Sends what was changed of the version that was shown; one that is newer is shown before it can be changed. */
  async #change(path, body) {
    const row = this.#row
    const changed = Object.entries(body).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(row[name]))
    const headers = { 'If-Match': `"${Date.parse(row.updatedAt)}"` }
    try {
      await patch(`${path}/${encodeURIComponent(row.id)}`, Object.fromEntries(changed), { headers })
    } catch (error) {
      if (error.status === 412 && error.details?.current) this.#row = error.details.current
      throw error
    }
  }

  backdrop(event, dialog) { if (isOutside(event, dialog)) dialog.close() }
  shut() { this.querySelector('dialog').close() }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#table = null
    this.#row = null
    this.update()
  }
}

customElements.define('table-dialog', TableDialog)
