import { patch } from '../lib/api.js'
import { date } from '../lib/format.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'
import { alert } from './notices.js'

/** The user's own part in a training: what was recorded, and their feedback. `record` is set by the page. */
class TrainingPart extends FormElement {
  #part = null
  #isOpen = false

  set record(part) {
    this.#part = part
    this.update()
  }

  /** Whether the training has started, so that feedback is accepted. */
  set isOpen(isOpen) {
    this.#isOpen = isOpen
    this.update()
  }

  view() {
    const part = this.#part
    if (!part || part.status === 'cancelled') return html``
    return html`
      <section class="card training-part" aria-labelledby="part-title">
        <h2 id="part-title">${icon(part.status === 'completed' ? 'check' : 'learn')}
          ${t(`training.part.${this.#state}`)}</h2>
        ${this.#facts(part)}${this.#isOpen && !part.isWaiting && this.#form(part)}
      </section>`
  }

  get #state() {
    const { status, isWaiting, attended } = this.#part
    if (status === 'completed') return 'completed'
    return attended === false ? 'absent' : isWaiting ? 'waiting' : 'registered'
  }

  #facts({ completionDate, validUntil, score }) {
    const facts = [
      completionDate && t('training.completedOn', { day: date(completionDate) }),
      validUntil && t(Date.parse(validUntil) > Date.now() ? 'training.validUntil' : 'training.expiredOn', { day: date(validUntil) }),
      score !== null && t('training.scoreOf', { score }),
    ].filter(Boolean)
    return facts.length > 0 && html`<p>${facts.join(' · ')}</p>`
  }

  #form({ feedback }) {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-submit="send">
        <form-field name="feedback" type="area" label="${t('training.feedback')}" optional
          hint="${t('training.feedbackHint')}" value="${feedback}" error="${errors.feedback}"></form-field>
        <div><button class="button" ?disabled=${sending} ?data-busy=${sending}>
          ${t('training.feedbackSend')}</button></div>
      </form>`
  }

  async send(event, form) {
    const { trainingId, userId } = this.#part
    const done = await this.attempt(event, form, [], async () => {
      const feedback = String(new FormData(form).get('feedback') ?? '').trim()
      this.#part = await patch(`/api/trainings/${trainingId}/participants/${userId}`, { feedback })
    })
    if (done) toast(t('training.feedbackSent'), 'success')
  }
}

customElements.define('training-part', TrainingPart)
