import { ViewElement } from '../lib/element.js'
import { isOutside } from '../lib/dialogs.js'
import { ago, exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/**
 * Asks whether to take over the session on another workstation. `ask({name, since})` resolves to the answer.
 */
class TakeoverDialog extends ViewElement {
  #where = null
  #answer = null

  ask(where) {
    this.#where = where
    this.draw()
    this.querySelector('dialog').showModal()
    this.querySelector('[data-click=yes]').focus()
    return new Promise(resolve => { this.#answer = resolve })
  }

  view() {
    const { name, since } = this.#where ?? {}
    return html`
      <dialog class="dialog dialog-small" role="alertdialog" aria-labelledby="takeover-title"
        aria-describedby="takeover-text" data-close="closed" data-click="backdrop">
        <h2 id="takeover-title">${t('takeover.title')}</h2>
        <div class="place">${icon('screen')}<p><strong>${name || t('takeover.unnamed')}</strong>
          ${since && html`<small title="${exact(since)}">${t('takeover.since',
            { since: ago(since) })}</small>`}</p></div>
        <p id="takeover-text">${t('takeover.text')}</p>
        <div class="dialog-actions">
          <button class="button" data-click="no">${t('takeover.no')}</button>
          <button class="button button-primary" data-click="yes">${t('takeover.yes')}</button>
        </div>
      </dialog>`
  }

  backdrop(event, dialog) { if (isOutside(event, dialog)) this.no() }
  no() { this.#end(false) }
  yes() { this.#end(true) }
  closed(_, dialog) { if (!dialog.open) this.#end(false) }

  #end(answer) {
    this.#answer?.(answer)
    this.#answer = null
    this.querySelector('dialog').close()
  }
}

customElements.define('takeover-dialog', TakeoverDialog)
