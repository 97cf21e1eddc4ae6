import { get, post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { place, route } from '../lib/router.js'
import { alert } from '../elements/notices.js'
import { gate, submit } from './gate.js'

/** The target of the links in reset and invitation mails: chooses a password. */
class ResetPasswordPage extends FormElement {
  #status = 'asking'
  #reason = null
  #invited = false

  connected() { this.#ask() }

  get #token() { return place.get().query.get('token') }

  async #ask() {
    if (!this.#token) return this.#end('failed', t('verify.noToken'))
    try {
      const answer = await get(`/api/auth/verify-reset-token?token=${encodeURIComponent(this.#token)}`, { signal: this.signal, quiet: true })
      this.#invited = answer.purpose === 'invitation' || answer.invited === true
      this.#end('valid')
      this.querySelector('#field-newPassword')?.focus()
    } catch (error) {
      if (error.name !== 'AbortError') this.#end('failed', error.message)
    }
  }

  #end(status, reason = null) {
    this.#status = status
    this.#reason = reason
    this.draw()
  }

  view() {
    const { errors, refusal, sending } = this.state
    if (this.#status === 'asking') return gate({ title: t('reset.title'), lead: t('app.loading') })
    if (this.#status === 'done') return gate({
      title: t('reset.doneTitle'), lead: t('reset.doneText'),
      body: html`<div role="status" data-outcome="done">
        <a class="button button-primary" href="/sign-in">${t('signIn.submit')}</a></div>`,
    })
    if (this.#status === 'failed') return gate({
      title: t('verify.failedTitle'), lead: this.#reason,
      body: html`<div role="status" data-outcome="failed"><p>${t('reset.failedText')}</p></div>
        <a class="button button-primary" href="/forgotten-password">${t('reset.askAgain')}</a>`,
      foot: html`<a href="/sign-in">${t('forgotten.back')}</a>`,
    })
    return gate({
      title: t(this.#invited ? 'reset.welcome' : 'reset.title'),
      lead: t(this.#invited ? 'reset.welcomeLead' : 'reset.lead'),
      body: html`
        ${alert(refusal?.message)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="new" name="newPassword" type="password" label="${t('reset.password')}"
            hint="${t('field.passwordHint')}" autocomplete="new-password"
            error="${errors.newPassword ?? errors.password}"></form-field>
          ${submit(t('reset.submit'), sending)}
        </form>`,
    })
  }

  send(event, form) {
    return this.attempt(event, form, ['newPassword'], async ({ newPassword }) => {
      try {
        await post('/api/auth/reset-password', { token: this.#token, newPassword }, { quiet: true })
        this.#end('done')
      } catch (error) {
        if (!error.errors?.length && error.code === 'INVALID_TOKEN') return this.#end('failed', error.message)
        throw error
      }
    })
  }
}

customElements.define('reset-password-page', ResetPasswordPage)
route('/reset-password', () => html`<reset-password-page data-key="reset-password"></reset-password-page>`,
  { access: 'everyone', title: 'reset.title' })
