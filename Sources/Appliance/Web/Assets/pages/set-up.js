import '../elements/form-field.js'
import { get, post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { go, place, route } from '../lib/router.js'
import { entered, refreshAppliance } from '../lib/session.js'
import { alert } from '../elements/notices.js'
import { gate, submit } from './gate.js'
import { keepStep } from './welcome.js'

const fields = ['name', 'username', 'email', 'password']

/** Creates the first administrator, by the one-time link that the daemon printed. */
class SetUpPage extends FormElement {
  #status = 'asking'
  #reason = null
  /** Whether the form asks if administrators may create machines. */
  #asks = false

  connected() { this.#ask() }

  get #token() { return place.get().query.get('token') }

  async #ask() {
    if (!this.#token) return this.#end('missing')
    try {
      const { asksAdminMachines } = await get(`/api/setup?token=${encodeURIComponent(this.#token)}`, { signal: this.signal, quiet: true })
      this.#asks = asksAdminMachines
      this.#end('valid')
    } catch (error) {
      if (error.name !== 'AbortError') this.#end('invalid', error.status === 400 ? t('setup.invalid') : error.message)
    }
  }

  #end(status, reason = null) {
    this.#status = status
    this.#reason = reason
    this.draw()
  }

  view() {
    const { errors, refusal, sending } = this.state
    if (this.#status === 'asking') return gate({ title: t('setup.title'), lead: t('app.loading') })
    if (this.#status !== 'valid') return gate({
      title: t('setup.title'),
      body: html`${alert(this.#reason)}<p>${t('setup.needLink')}</p>
        <p class="field-hint">${t('setup.where')}</p>`,
    })
    return gate({
      title: t('setup.title'),
      lead: t('setup.lead'),
      body: html`
        ${alert(refusal?.message)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="name" name="name" label="${t('field.name')}" hint="${t('field.nameHint')}"
            autocomplete="name" error="${errors.name}"></form-field>
          <form-field data-key="username" name="username" label="${t('field.username')}"
            hint="${t('field.usernameHint')}" autocomplete="username" error="${errors.username}"></form-field>
          <form-field data-key="email" name="email" type="email" label="${t('field.email')}"
            autocomplete="email" error="${errors.email}"></form-field>
          <form-field data-key="password" name="password" type="password" label="${t('field.password')}"
            hint="${t('field.passwordHint')}" autocomplete="new-password"
            error="${errors.password}"></form-field>
          ${this.#asks && html`<label class="check" data-key="machines">
            <input type="checkbox" name="adminMachines" value="1">
            <span><strong>${t('setup.machines')}</strong>
              <small>${t('setup.machinesText')}</small></span></label>`}
          ${submit(t('setup.submit'), sending)}
        </form>`,
    })
  }

  send(event, form) {
    return this.attempt(event, form, fields, async ({ adminMachines, ...values }) => {
      const choice = this.#asks && { adminMachines: Boolean(adminMachines) }
      const user = await post('/api/setup', { token: this.#token, ...values, ...choice })
      await refreshAppliance()
      // Where the session leads to.
      go('/setup?next=/welcome', { replace: true })
      await entered(user)
      await keepStep('organisation')
    })
  }
}

customElements.define('set-up-page', SetUpPage)
route('/setup', () => html`<set-up-page data-key="set-up"></set-up-page>`,
  { access: 'guest', title: 'setup.title' })
