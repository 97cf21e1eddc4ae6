import { get, post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { place, route } from '../lib/router.js'
import { entered, refreshAppliance } from '../lib/session.js'
import { missing, valuesOf } from '../lib/validation.js'
import { focusFirstError } from '../elements/form-field.js'
import { alert } from '../elements/notices.js'
import { gate, submit } from './gate.js'

const fields = ['name', 'username', 'email', 'password']

/** Creates the first administrator, by the one-time link that the daemon printed. */
class SetUpPage extends ViewElement {
  #state = { status: 'asking', errors: {}, refusal: null, sending: false, asks: false }

  connected() { this.#ask() }

  get #token() { return place.get().query.get('token') }

  async #ask() {
    if (!this.#token) return this.#change({ status: 'missing' })
    try {
      const { asksAdminMachines: asks } = await get(`/api/setup?token=${encodeURIComponent(this.#token)}`, { signal: this.signal, quiet: true })
      this.#change({ status: 'valid', asks })
    } catch (error) {
      if (error.name !== 'AbortError') this.#change({ status: 'invalid', refusal: error.status === 400 ? t('setup.invalid') : error.message })
    }
  }

  view() {
    const { status, errors, refusal, sending, asks } = this.#state
    if (status === 'asking') return gate({ title: t('setup.title'), lead: t('app.loading') })
    if (status !== 'valid') return gate({
      title: t('setup.title'),
      body: html`${alert(refusal)}<p>${t('setup.needLink')}</p><p class="field-hint">${t('setup.where')}</p>`,
    })
    return gate({
      title: t('setup.title'),
      lead: t('setup.lead'),
      body: html`
        ${alert(refusal)}
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
          ${asks && html`<label class="check" data-key="machines">
            <input type="checkbox" name="adminMachines" value="1">
            <span><strong>${t('setup.machines')}</strong>
              <small>${t('setup.machinesText')}</small></span></label>`}
          ${submit(t('setup.submit'), sending)}
        </form>`,
    })
  }

  async send(event, form) {
    event.preventDefault()
    const { adminMachines, ...values } = valuesOf(form)
    const errors = missing(values, fields)
    if (Object.keys(errors).length) return this.#refuse(errors, null)
    this.#change({ sending: true, errors: {}, refusal: null })
    try {
      const user = await post('/api/setup', { token: this.#token, ...values, ...(this.#state.asks && { adminMachines: Boolean(adminMachines) }) })
      await refreshAppliance()
      await entered(user)
    } catch (error) {
      const known = Object.keys(error.byField ?? {}).some(field => fields.includes(field))
      this.#refuse(error.byField ?? {}, known ? null : error.message)
    }
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

customElements.define('set-up-page', SetUpPage)
route('/setup', () => html`<set-up-page data-key="set-up"></set-up-page>`,
  { access: 'guest', title: 'setup.title' })
