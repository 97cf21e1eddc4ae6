import '../elements/configuration-form.js'
import '../elements/organisation-form.js'
import { serverFacts } from '../elements/server-facts.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { get, patch, post, remove } from '../lib/api.js'
import { configuration, loadConfiguration } from '../lib/configuration.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { refreshAppliance, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The settings of the installation, for administrators; each switch is saved at once. */
class SettingsPage extends ViewElement {
  #settings = new Loader(this, signal => this.#fetch(signal))
  #isWorking = false
  /** What is wrong with the value of a field, by its name. */
  #errors = {}

  connected() {
    this.watch(configuration)
    this.listen(socket, 'SETTINGS_CHANGED', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  again() {
    this.#settings.load()
    loadConfiguration()
  }

  async #fetch(signal) {
    const [values, fields] = await Promise.all([
      get('/api/system-settings', { signal }), get('/api/system-settings/fields', { signal }),
    ])
    return { values, fields }
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('settings.title')}</h1>
        <p class="lead">${t('settings.lead')}</p></div></header>
      ${loadable(this.#settings, ({ values, fields }) => html`<div class="cards">
        ${this.#group('modules', values, fields.filter(({ name }) => name.startsWith('show')))}
        ${this.#group('rules', values, fields.filter(({ name }) => !/^(show|organisation)/.test(name)))}
        ${this.#card('organisation', html`<organisation-form data-key="form"></organisation-form>`)}
        ${['registration', 'mail', 'address'].map(part => this.#card(part,
          html`<configuration-form data-key="form" part="${part}"></configuration-form>`))}
        ${this.#card('server', serverFacts())}
        ${session.get().appliance?.demo && this.#demo()}</div>`,
      { waiting: skeletons('card', 2) })}`
  }

  #group(name, values, fields) {
    return html`<section class="card" aria-labelledby="settings-${name}">
      <h2 id="settings-${name}">${t(`settings.${name}`)}</h2>
      ${name === 'modules' && html`<p class="quiet">${t('settings.modulesText')}</p>`}
      ${fields.map(field => typeof values[field.name] === 'number' ? this.#number(field, values)
        : html`<label class="check" data-key="${field.name}">
        <input type="checkbox" name="${field.name}" data-change="flip" ?checked=${values[field.name]}>
        <span>${field.label}</span></label>`)}</section>`
  }

  #card(name, content) {
    const title = name === 'organisation' ? 'settings.organisation' : `config.${name}`
    const text = name === 'organisation' ? 'settings.organisationText' : `config.${name}.text`
    return html`<section class="card" data-key="${name}" aria-labelledby="settings-${name}">
      <h2 id="settings-${name}">${t(title)}</h2>
      ${knows(text) && html`<p class="quiet">${t(text)}</p>`}
      ${content}</section>`
  }

  #number({ name, label }, values) {
    const error = this.#errors[name]
    return html`<label class="field ${error ? 'field-wrong' : ''}" data-key="${name}">
      <span>${label}</span>
      <input class="input input-number" type="number" name="${name}" min="1" step="1" data-change="count"
        ${error && html`aria-invalid="true"`} aria-describedby="${name}-error" value="${values[name]}">
      <p class="field-error" id="${name}-error" aria-live="polite">${error}</p></label>`
  }

  #demo() {
    return html`<section class="card" data-key="demo" aria-labelledby="settings-demo">
      <h2 id="settings-demo">${t('settings.demo')}</h2>
      <p class="quiet">${t('settings.demoText')}</p>
      <div class="settings-actions">
        <button type="button" class="button" data-click="resetDemo"
          ?disabled=${this.#isWorking}>${t('settings.demoReset')}</button>
        <button type="button" class="button button-danger" data-click="removeDemo"
          ?disabled=${this.#isWorking}>${t('settings.demoRemove')}</button></div></section>`
  }

  resetDemo() { return this.#change('settings.demoReset', () => post('/api/admin/reset-test-data')) }
  removeDemo() { return this.#change('settings.demoRemove', () => remove('/api/admin/demo-data')) }

  async #change(action, send) {
    const question = { title: t(`${action}Ask`), text: t(`${action}Text`), yes: t(action), danger: true }
    if (!await confirm(question)) return
    this.#isWorking = true
    this.update()
    try {
      toast((await send()).message, 'success')
    } catch (error) {
      toast(error.message, 'error')
    }
    this.#isWorking = false
    await refreshAppliance()
    this.update()
  }

  flip(_, { name, checked }) { return this.#save(name, checked) }
  count(_, { name, valueAsNumber }) { return this.#save(name, Number.isNaN(valueAsNumber) ? null : valueAsNumber) }

  async #save(name, value) {
    try {
      delete this.#errors[name]
      const values = await patch('/api/system-settings', { [name]: value })
      this.#settings.set({ ...this.#settings.value, values })
      await refreshAppliance()
      toast(t('settings.saved'), 'success')
    } catch (error) {
      const problem = error.byField?.[name]
      if (!problem) toast(error.message, 'error')
      else this.#refuse(name, problem)
      this.again()
    }
  }

  /** Marks the field, and names it above the page, which may be scrolled. */
  #refuse(name, problem) {
    this.#errors[name] = problem
    const { label } = this.#settings.value.fields.find(field => field.name === name)
    toast(t('tables.pair', { label, value: problem }), 'error')
    this.querySelector(`input[name="${name}"]`)?.focus()
  }
}

customElements.define('settings-page', SettingsPage)
route('/settings', () => html`<settings-page data-key="settings"></settings-page>`,
  { access: 'admin', title: 'settings.title' })
