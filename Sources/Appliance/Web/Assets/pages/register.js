import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { route } from '../lib/router.js'
import { session } from '../lib/session.js'
import { missing, valuesOf } from '../lib/validation.js'
import { focusFirstError } from '../elements/form-field.js'
import { alert, notice } from '../elements/notices.js'
import { gate, submit } from './gate.js'

const fields = ['name', 'email', 'password']

/** Registration; the account can be used once its address is verified. */
class RegisterPage extends ViewElement {
  #state = { errors: {}, refusal: null, sending: false, done: null, resent: false }

  connected() { this.watch(session) }

  view() {
    const { registration } = session.get().appliance
    const foot = html`${t('register.haveAccount')} <a href="/sign-in">${t('signIn.submit')}</a>`
    if (registration === 'closed') return gate({ title: t('register.closedTitle'), lead: t('register.closedText'), foot })
    return this.#state.done ? this.#done(foot) : this.#form(registration, foot)
  }

  #form(registration, foot) {
    const { errors, refusal, sending } = this.#state
    return gate({
      title: t('register.title'),
      lead: t('register.lead'),
      body: html`
        ${registration === 'approval' && notice(t('register.approval'))}
        ${alert(refusal)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="name" name="name" label="${t('field.name')}" hint="${t('field.nameHint')}"
            autocomplete="name" error="${errors.name}"></form-field>
          <form-field data-key="email" name="email" type="email" label="${t('field.email')}"
            autocomplete="email" error="${errors.email}"></form-field>
          <form-field data-key="password" name="password" type="password" label="${t('field.password')}"
            hint="${t('field.passwordHint')}" autocomplete="new-password"
            error="${errors.password}"></form-field>
          ${submit(t('register.submit'), sending)}
        </form>`,
      foot,
    })
  }

  #done(foot) {
    const { done, resent, refusal } = this.#state
    return gate({
      title: t('register.doneTitle'),
      lead: t('register.doneText', { email: done }),
      body: html`
        ${alert(refusal)}
        ${session.get().appliance.mail === 'mailbox' && notice(t('register.localMail'))}
        ${resent && notice(t('signIn.resent'))}
        <button class="button" data-key="resend" data-click="resend">${t('register.resend')}</button>`,
      foot,
    })
  }

  async send(event, form) {
    event.preventDefault()
    const values = valuesOf(form)
    const errors = missing(values, fields)
    if (Object.keys(errors).length) return this.#refuse(errors, null)
    this.#change({ sending: true, errors: {}, refusal: null })
    try {
      await post('/api/auth/register', values)
      this.#change({ sending: false, done: values.email })
    } catch (error) {
      const known = Object.keys(error.byField ?? {}).some(field => fields.includes(field))
      this.#refuse(error.byField ?? {}, known ? null : error.message)
    }
  }

  async resend() {
    try {
      await post('/api/auth/resend-verification', { email: this.#state.done })
      this.#change({ resent: true, refusal: null })
    } catch (error) { this.#change({ refusal: error.message }) }
  }

  #refuse(errors, refusal) {
    this.#change({ sending: false, errors, refusal })
    focusFirstError(this)
  }

  #change(patch) {
    Object.assign(this.#state, patch)
    this.draw()
  }
}

customElements.define('register-page', RegisterPage)
route('/register', () => html`<register-page data-key="register"></register-page>`,
  { access: 'guest', title: 'register.title' })
