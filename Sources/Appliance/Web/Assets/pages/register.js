import '../elements/form-field.js'
import { post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { route } from '../lib/router.js'
import { session } from '../lib/session.js'
import { alert, notice } from '../elements/notices.js'
import { gate, submit } from './gate.js'

const fields = ['name', 'email', 'password']

/** Registration; the account can be used once its address is verified. */
class RegisterPage extends FormElement {
  #done = null
  #resent = false

  connected() { this.watch(session) }

  view() {
    const { registration } = session.get().appliance
    const foot = html`${t('register.haveAccount')} <a href="/sign-in">${t('signIn.submit')}</a>`
    if (registration === 'closed') return gate({ title: t('register.closedTitle'), lead: t('register.closedText'), foot })
    return this.#done ? this.#sent(foot) : this.#form(registration, foot)
  }

  #form(registration, foot) {
    const { errors, refusal, sending } = this.state
    return gate({
      title: t('register.title'),
      lead: t('register.lead'),
      body: html`
        ${registration === 'approval' && notice(t('register.approval'))}
        ${alert(refusal?.message)}
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

  #sent(foot) {
    const { refusal } = this.state
    return gate({
      title: t('register.doneTitle'),
      lead: t('register.doneText', { email: this.#done }),
      body: html`
        ${alert(refusal?.message)}
        ${session.get().appliance.mail === 'mailbox' && notice(t('register.localMail'))}
        ${this.#resent && notice(t('signIn.resent'))}
        <button class="button" data-key="resend" data-click="resend">${t('register.resend')}</button>`,
      foot,
    })
  }

  send(event, form) {
    return this.attempt(event, form, fields, async values => {
      await post('/api/auth/register', values)
      this.#done = values.email
    })
  }

  async resend() {
    try {
      await post('/api/auth/resend-verification', { email: this.#done })
      this.#resent = true
      this.change({ refusal: null })
    } catch (error) { this.change({ refusal: error }) }
  }
}

customElements.define('register-page', RegisterPage)
route('/register', () => html`<register-page data-key="register"></register-page>`,
  { access: 'guest', title: 'register.title' })
