import './form-field.js'
import { skeletons } from './loadable.js'
import { alert } from './notices.js'
import {
  changesOf, configuration, loadConfiguration, saveConfiguration, sendTestMail, settingOf, typedValue,
} from '../lib/configuration.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const parts = {
  registration: ['ENABLE_REGISTRATION', 'ADMIN_MACHINES'],
  mail: ['EMAIL_HOST', 'EMAIL_PORT', 'EMAIL_SECURE', 'EMAIL_FROM', 'EMAIL_USER', 'EMAIL_PASS'],
  address: ['PUBLIC_URL', 'PUBLIC_IP', 'PLAIN_CLIENTS'],
}
const choices = {
  ENABLE_REGISTRATION: ['open', 'approval', 'closed'],
  EMAIL_SECURE: ['', 'starttls', 'tls', 'none'],
}
/** Their values when they are set and when they are not. */
const flags = { ADMIN_MACHINES: ['true', 'false'], PLAIN_CLIENTS: ['on', 'off'] }
/** Without them there is no mail server: they are not called optional. */
const expected = ['EMAIL_HOST', 'EMAIL_FROM']

/**
 * A part of the configuration (attribute `part`). With `steps` the button leads on; "saved" is dispatched after saving,
 * also when nothing was changed.
 */
class ConfigurationForm extends FormElement {
  static observedAttributes = ['part']
  #testing = false

  connected() {
    this.watch(configuration)
    this.watch(session)
    loadConfiguration()
  }

  get #settings() {
    return parts[this.getAttribute('part')].map(settingOf)
      .filter(({ name }) => name !== 'PLAIN_CLIENTS' || settingOf('TLS')?.value !== 'off')
  }

  view() {
    const { settings, error } = configuration.get()
    if (!settings) return html`${alert(error?.message)}${!error && skeletons('row')}`
    const { refusal, sending } = this.state
    const shown = this.#settings
    const editable = shown.some(({ isEditable }) => isEditable)
    const part = this.getAttribute('part')
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-submit="send">
        ${shown.map(setting => this.#field(setting))}
        <div class="form-actions">
          ${(editable || this.hasAttribute('steps')) && html`<button class="button button-primary"
            data-key="save" ?disabled=${sending} ?data-busy=${sending}>
            ${this.hasAttribute('steps') ? t(editable ? 'welcome.save' : 'welcome.continue')
              : t('action.save')}</button>`}
          ${part === 'mail' && settingOf('EMAIL_HOST').value && this.#test()}</div>
      </form>`
  }

  #test() {
    const { email } = session.get().user ?? {}
    return html`<button type="button" class="button" data-key="test" data-click="test"
      ?disabled=${this.#testing || !email} ?data-busy=${this.#testing}>${t('config.test')}</button>
      <p class="field-hint">${email ? t('config.testTo', { address: email })
        : t('config.testNoAddress')}</p>`
  }

  #field(setting) {
    const { name, isEditable, value, isSecret } = setting
    if (flags[name]) return this.#flag(setting)
    if (choices[name]) return this.#choice(setting)
    if (!isEditable) return html`<div class="field" data-key="${name}">
      <label for="field-${name}">${t(`config.${name}`)}</label>
      <input class="input" id="field-${name}" readonly
        value="${isSecret && setting.isSet ? '••••••' : value}" aria-describedby="field-${name}-hint">
      <p class="field-hint" id="field-${name}-hint">${source(setting)}</p></div>`
    return html`<form-field data-key="${name}" name="${name}" label="${t(`config.${name}`)}"
      ?optional=${!expected.includes(name)} type="${isSecret ? 'password' : 'text'}" autocomplete="off"
      inputmode="${name === 'EMAIL_PORT' ? 'numeric' : ''}" hint="${hint(setting)}"
      error="${this.state.errors[name]}" value="${typedValue(setting)}"></form-field>`
  }

  #choice({ name, value, isEditable, ...more }) {
    const error = this.state.errors[name]
    return html`<div class="field ${error ? 'field-wrong' : ''}" data-key="${name}">
      <label for="field-${name}">${t(`config.${name}`)}</label>
      <select class="input" id="field-${name}" name="${name}" ?disabled=${!isEditable}
        aria-describedby="field-${name}-hint field-${name}-error">${choices[name].map(choice => html`
        <option value="${choice}" ?selected=${choice === value}>${t(`config.${name}.${choice}`)}</option>`)}
      </select>
      ${!isEditable && html`<p class="field-hint" id="field-${name}-hint">${source(more)}</p>`}
      <p class="field-error" id="field-${name}-error" aria-live="polite">${error}</p></div>`
  }

  #flag({ name, value, isEditable, ...more }) {
    return html`<label class="check" data-key="${name}">
      <input type="checkbox" name="${name}" value="${flags[name].join(' ')}"
        ?checked=${value === flags[name][0]} ?disabled=${!isEditable}>
      <span><strong>${t(`config.${name}`)}</strong><br>
        <small>${isEditable ? t(`config.${name}.text`) : source(more)}</small></span></label>`
  }

  async send(event, form) {
    const isDone = await this.attempt(event, form, [], async () => {
      const changes = changesOf(this.#settings, form)
      if (!Object.keys(changes).length) return
      await saveConfiguration(changes)
      if (!this.hasAttribute('steps')) toast(t('config.saved'), 'success')
    })
    if (!isDone) return
    // The password is not shown again, and the rest as the server has it.
    form.reset()
    this.dispatchEvent(new CustomEvent('saved', { bubbles: true }))
  }

  async test() {
    this.#testing = true
    this.change({ refusal: null })
    try {
      toast((await sendTestMail()).message, 'success')
    } catch (error) {
      if (error.name !== 'AbortError') this.change({ refusal: error })
    }
    this.#testing = false
    this.update()
  }
}

/** Where a fixed value comes from. */
const source = ({ source: from, line }) => knows(`config.from.${from}`) ? t(`config.from.${from}`, { line }) : ''

function hint(setting) {
  if (setting.isSecret) return setting.isSet ? t('config.kept') : ''
  const key = `config.${setting.name}.text`
  const isFound = setting.source === 'default' && setting.name.startsWith('PUBLIC_')
  return [knows(key) && t(key), isFound && t('config.ifEmpty', { value: setting.value })].filter(Boolean).join(' ')
}

customElements.define('configuration-form', ConfigurationForm)
