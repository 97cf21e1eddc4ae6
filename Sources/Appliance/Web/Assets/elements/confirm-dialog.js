import { withDialog } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** The dialog that asks before an action that cannot be undone; one for the whole page: `confirm({…})`. */
class ConfirmDialog extends withDialog(ViewElement) {
  #question = null
  #answer = null

  ask(question) {
    this.#answer?.(false)
    this.#question = question
    this.draw()
    this.dialog.showModal()
    this.querySelector('[data-focus]').focus()
    return new Promise(resolve => { this.#answer = resolve })
  }

  view() {
    const { title, text, yes, danger } = this.#question ?? {}
    return html`
      <dialog class="dialog dialog-small" role="alertdialog" aria-labelledby="confirm-title"
        aria-describedby="confirm-text"
        data-close="closed" data-click="backdrop">
        <h2 id="confirm-title">${title}</h2>
        <p id="confirm-text">${text}</p>
        <div class="dialog-actions">
          <button class="button" data-click="no" ?data-focus=${danger}>${t('action.cancel')}</button>
          <button class="button ${danger ? 'button-danger' : 'button-primary'}" data-click="yes"
            ?data-focus=${!danger}>${yes}</button>
        </div>
      </dialog>`
  }

  no() { this.#end(false) }
  yes() { this.#end(true) }

  #end(answer) {
    this.#answer?.(answer)
    this.#answer = null
    this.dialog.close()
  }

  /** Closed by Escape. The event is asynchronous: the next question may already be open. */
  closed(_, dialog) { if (!dialog.open) this.#end(false) }
}

customElements.define('confirm-dialog', ConfirmDialog)
