import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { ago } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { entered, session } from '../lib/session.js'
import { missing, valuesOf } from '../lib/validation.js'
import { focusFirstError } from '../elements/form-field.js'
import { alert, gate, notice, submit } from './gate.js'

/** Sign-in by e-mail address or username. */
class SignInPage extends ViewElement {
  #state = { errors: {}, refusal: null, sending: false, resent: false }
  #last = null

  view() {
    const { errors, refusal, sending, resent } = this.#state
    const { ended, appliance } = session.get()
    return gate({
      title: t('signIn.title'),
      lead: t('signIn.lead'),
      body: html`
        ${ended && !refusal && notice(ended.message || t('signIn.ended'))}
        ${resent && notice(t('signIn.resent'))}
        ${refusal && this.#refusal(refusal)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="identifier" name="identifier" label="${t('field.identifier')}" autocomplete="username" autofocus error="${errors.identifier}"></form-field>
          <form-field data-key="password" name="password" type="password" label="${t('field.password')}" autocomplete="current-password" error="${errors.password}"></form-field>
          ${submit(t('signIn.submit'), sending)}
        </form>`,
      foot: appliance.registration !== 'closed' && html`${t('signIn.noAccount')} <a href="/register">${t('signIn.register')}</a>`,
    })
  }

  #refusal({ code, message, details }) {
    const { workstation } = details
    if (code === 'ALREADY_LOGGED_IN' && workstation) return html`
      ${alert(t('signIn.elsewhere', { name: workstation.name, since: ago(workstation.since) }))}
      <button class="button button-wide" data-click="takeOver">${t('signIn.takeover')}</button>`
    return html`${alert(message)}
      ${code === 'EMAIL_NOT_VERIFIED' && html`<button class="button button-wide" data-click="resend">${t('signIn.resend')}</button>`}`
  }

  connected() {
    this.watch(session)
    requestAnimationFrame(() => this.querySelector('#field-identifier')?.focus())
  }

  async send(event, form) {
    event.preventDefault()
    const values = valuesOf(form)
    const errors = missing(values, ['identifier', 'password'])
    if (Object.keys(errors).length) {
      this.#change({ errors, refusal: null })
      return focusFirstError(this)
    }
    const name = values.identifier.includes('@') ? 'email' : 'username'
    await this.#signIn({ [name]: values.identifier, password: values.password })
  }

  async #signIn(body) {
    this.#last = body
    this.#change({ sending: true, errors: {}, refusal: null, resent: false })
    try {
      await entered(await post('/api/auth/login', body, { quiet: true }))
    } catch (refusal) {
      this.#change({ sending: false, refusal })
      this.querySelector('#field-password')?.select()
    }
  }

  takeOver() { this.#signIn({ ...this.#last, takeover: true }) }

  async resend() {
    try {
      await post('/api/auth/resend-verification', { email: this.#last.email ?? this.#last.username })
      this.#change({ resent: true, refusal: null })
    } catch (refusal) { this.#change({ refusal }) }
  }

  #change(patch) {
    Object.assign(this.#state, patch)
    this.draw()
  }
}

customElements.define('sign-in-page', SignInPage)
