import { loadable, skeletons } from '../elements/loadable.js'
import { get, patch } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { refreshAppliance, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** What an administrator sets for everyone; each switch is saved at once. */
class SettingsPage extends ViewElement {
  #settings = new Loader(this, signal => this.#fetch(signal))

  connected() {
    this.listen(socket, 'SETTINGS_CHANGED', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  again() { this.#settings.load() }

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
        ${this.#group('rules', values, fields.filter(({ name }) => !name.startsWith('show')))}</div>`,
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

  #number({ name, label }, values) {
    return html`<label class="field" data-key="${name}"><span>${label}</span>
      <input class="input input-number" type="number" name="${name}" min="1" step="1" data-change="count"
        value="${values[name]}"></label>`
  }

  flip(_, { name, checked }) { return this.#save(name, checked) }
  count(_, { name, valueAsNumber }) { return this.#save(name, Number.isNaN(valueAsNumber) ? null : valueAsNumber) }

  async #save(name, value) {
    try {
      const values = await patch('/api/system-settings', { [name]: value })
      this.#settings.set({ ...this.#settings.value, values })
      await refreshAppliance()
      toast(t('settings.saved'))
    } catch (error) {
      toast(error.message, 'error')
      this.again()
    }
  }
}

customElements.define('settings-page', SettingsPage)
route('/settings', () => html`<settings-page data-key="settings"></settings-page>`,
  { access: 'admin', title: 'settings.title' })
