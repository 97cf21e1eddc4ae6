import './form-field.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { t } from '../lib/i18n.js'

/**
 * Asks for a reason: `open({title, text, yes, required, work})`, where `work(reason)` does what is asked for. An error
 * of it is shown in the dialog.
 */
class ReasonDialog extends withDialog(FormElement) {
  #question = null

  open(question) {
    this.#question = question
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('#field-reason')?.focus()
  }

  view() {
    const { title, text, yes } = this.#question ?? {}
    const { errors, refusal, sending } = this.state
    return html`
      <dialog class="dialog dialog-small" aria-labelledby="reason-title" data-click="backdrop"
        data-close="closed">
        ${dialogHead('reason-title', title)}
        ${this.#question && html`${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send">
          <form-field data-key="reason" name="reason" type="area" label="${t('forum.reason')}" hint="${text}"
            error="${errors.reason}" ?optional=${!this.#question.required}></form-field>
          ${dialogActions(sending, yes)}
        </form>`}
      </dialog>`
  }

  async send(event, form) {
    const { required, work } = this.#question
    if (await this.attempt(event, form, required ? ['reason'] : [], ({ reason }) => work(reason))) this.shut()
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#question = null
    this.update()
  }
}

customElements.define('reason-dialog', ReasonDialog)
