import '../elements/configuration-form.js'
import '../elements/copy-field.js'
import '../elements/organisation-form.js'
import '../elements/preference-switch.js'
import '../elements/quota-form.js'
import { serverFacts } from '../elements/server-facts.js'
import { get, put } from '../lib/api.js'
import { configuration, loadConfiguration } from '../lib/configuration.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, route } from '../lib/router.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const steps = ['organisation', 'registration', 'mail', 'images', 'network', 'quotas']
/** Steps whose form leads on itself. */
const forms = { registration: 'registration', mail: 'mail', network: 'address' }
const askEvery = 5000

/** What an administrator sets after set-up, step by step; the step is kept in the account until all are done. */
class WelcomePage extends ViewElement {
  #step = steps[0]
  #images = new Loader(this, signal => get('/api/vms/images', { signal }))

  connected() {
    this.watch(configuration)
    this.watch(session)
    this.listen(this, 'saved', () => this.next())
    this.every(askEvery, () => { if (this.#step === 'images' && document.visibilityState === 'visible') this.#images.load() })
    const { setupStep } = session.get()
    if (steps.includes(setupStep)) this.#step = setupStep
    this.#images.load()
    loadConfiguration()
  }

  view() {
    const number = steps.indexOf(this.#step)
    return html`
      <header class="page-head"><div><h1>${t('welcome.title')}</h1><p class="lead">${t('welcome.lead')}</p>
        </div></header>
      <nav class="welcome-steps" aria-label="${t('welcome.steps')}"><ol>${steps.map((name, index) => html`
        <li data-key="${name}" ?data-done=${index < number}><button type="button" data-click="pick"
          data-step="${name}" ${name === this.#step && html`aria-current="step"`}>
          <span class="welcome-number" aria-hidden="true">${index < number ? icon('check') : index + 1}</span>
          <span>${t(`welcome.${name}`)}</span></button></li>`)}</ol></nav>
      <section class="card welcome-card" data-key="card-${this.#step}" aria-labelledby="welcome-step">
        <p class="quiet">${t('welcome.step', { number: number + 1, count: steps.length })}</p>
        <h2 id="welcome-step" tabindex="-1">${t(`welcome.${this.#step}`)}</h2>
        ${this.#text()}
        ${this.#content()}
      </section>
      <div class="welcome-actions" data-key="actions-${this.#step}">
        ${number > 0 && html`<button type="button" class="button" data-click="back">
          ${t('welcome.back')}</button>`}
        ${this.#leadsOn() ? html`<button type="button" class="button button-quiet" data-click="next">
          ${t('welcome.skip')}</button>` : html`<button type="button" class="button button-primary"
          data-click="next">${t(number === steps.length - 1 ? 'welcome.finish' : 'welcome.continue')}
          </button>`}</div>`
  }

  #leadsOn() { return this.#step in forms && Boolean(configuration.get().settings) }

  #text() {
    const text = {
      organisation: 'settings.organisationText', mail: 'config.mail.text', images: 'welcome.images.text',
      quotas: 'welcome.quotas.text',
    }[this.#step]
    return text && knows(text) && html`<p class="quiet">${t(text)}</p>`
  }

  #content() {
    const part = forms[this.#step]
    if (part) return html`<configuration-form data-key="${part}" part="${part}" steps></configuration-form>
      ${this.#step === 'network' && serverFacts()}`
    if (this.#step === 'organisation') return html`<organisation-form data-key="form"></organisation-form>
      <preference-switch data-key="language" of="language"></preference-switch>`
    if (this.#step === 'quotas') return html`<quota-form data-key="quotas" of-role="employee"></quota-form>`
    return this.#imageList()
  }

  #imageList() {
    const images = this.#images.value?.images ?? []
    const folder = session.get().host?.imagesFolder
    if (!this.#images.value) return html``
    if (images.length) return html`<ul class="welcome-images">${images.map(image => html`
      <li>${icon('check')}<span>${image.name ?? `${image.os_type} ${image.version}`}</span></li>`)}</ul>`
    return html`<p>${t('welcome.images.none')}</p>
      ${folder && html`<copy-field label="${t('config.IMAGES_DIR')}" value="${folder}"></copy-field>`}`
  }

  pick(_, { dataset }) { return this.#show(dataset.step) }
  back() { return this.#show(steps[steps.indexOf(this.#step) - 1]) }

  next() {
    const step = steps[steps.indexOf(this.#step) + 1]
    if (step) return this.#show(step)
    keepStep(null)
    toast(t('welcome.done'), 'success')
    go('/')
  }

  #show(step) {
    this.#step = step
    keepStep(step)
    this.draw()
    this.querySelector('#welcome-step')?.focus()
  }
}

/** Remembers the step, so that it goes on there on any device; null when all is done. */
export function keepStep(step) {
  session.set({ setupStep: step })
  return put('/api/user/settings', { setupStep: step }).catch(() => { /* it begins at the first step again */ })
}

customElements.define('welcome-page', WelcomePage)
route('/welcome', () => html`<welcome-page data-key="welcome"></welcome-page>`,
  { access: 'admin', title: 'welcome.title' })
