import { post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { route } from '../lib/router.js'
import { session } from '../lib/session.js'
import { alert, notice } from '../elements/notices.js'
import { gate, submit } from './gate.js'

/** Requests a link to choose a new password; the answer is the same for every address. */
class ForgottenPasswordPage extends FormElement {
  #sentTo = null

  connected() { requestAnimationFrame(() => this.querySelector('#field-email')?.focus()) }

  view() {
    const { errors, refusal, sending } = this.state
    const foot = html`<a href="/sign-in">${t('forgotten.back')}</a>`
    if (this.#sentTo) return gate({
      title: t('forgotten.sentTitle'),
      lead: t('forgotten.sentText', { email: this.#sentTo }),
      body: html`
        ${session.get().appliance.mail === 'mailbox' && notice(t('forgotten.localMail'))}
        <div role="status"><p class="quiet">${t('forgotten.nothing')}</p></div>
        <button class="button" data-click="another">${t('forgotten.another')}</button>`,
      foot,
    })
    return gate({
      title: t('forgotten.title'),
      lead: t('forgotten.lead'),
      body: html`
        ${alert(refusal?.message)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="email" name="email" type="email" label="${t('field.email')}"
            autocomplete="email" error="${errors.email}"></form-field>
          ${submit(t('forgotten.submit'), sending)}
        </form>`,
      foot,
    })
  }

  send(event, form) {
    return this.attempt(event, form, ['email'], async ({ email }) => {
      await post('/api/auth/reset-password-request', { email }, { quiet: true })
      this.#sentTo = email
    })
  }

  another() {
    this.#sentTo = null
    this.update()
  }
}

customElements.define('forgotten-password-page', ForgottenPasswordPage)
route('/forgotten-password', () =>
  html`<forgotten-password-page data-key="forgotten-password"></forgotten-password-page>`,
  { access: 'guest', title: 'forgotten.title' })
