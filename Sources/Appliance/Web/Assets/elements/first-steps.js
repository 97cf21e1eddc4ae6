import './copy-field.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { creationHindrance } from '../lib/host.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { machines } from '../lib/live.js'
import { go } from '../lib/router.js'
import { session } from '../lib/session.js'

/** How often images are fetched while there is none, so that a copied one appears without a reload. */
const askEvery = 5000
const dismissedKey = 'obox.first-steps.done'

/** The first steps of an administrator after set-up, until all are done or the list is dismissed. */
class FirstSteps extends ViewElement {
  #people = null
  #images = null

  connected() {
    this.watch(machines)
    this.watch(session)
    this.listen(window, 'focus', () => this.#fetch())
    this.every(askEvery, () => { if (this.#images === 0 && document.visibilityState === 'visible') this.#fetch() })
    this.#fetch()
  }

  async #fetch() {
    if (isDismissed()) return
    try {
      const [people, { images }] = await Promise.all([
        get('/api/admin/users?limit=2', { signal: this.signal }), get('/api/vms/images', { signal: this.signal }),
      ])
      this.#people = people.total ?? people.users.length
      this.#images = images.length
      this.update()
    } catch { /* the list below shows the error */ }
  }

  get #steps() {
    const { appliance } = session.get()
    const any = Object.keys(machines.get().byId).length > 0
    return [
      ['invite', this.#people > 1, html`<a class="button"
        href="/people?new=1">${icon('people')}${t('first.inviteDo')}</a>`],
      ['mail', appliance?.mail === 'smtp', html`<a class="button" href="/settings">${t('nav.settings')}</a>`],
      ['image', this.#images > 0],
      ['machine', any, creationHindrance() === null && this.#images > 0
        && html`<button type="button" class="button" data-click="make">
          ${icon('plus')}${t('machines.new')}</button>`],
    ]
  }

  view() {
    if (this.#people === null || isDismissed()) return html``
    const steps = this.#steps
    const left = steps.filter(([, done]) => !done)
    if (!left.length) return html``
    const { quota, imagesFolder: folder } = session.get().host ?? {}
    const mayCreate = quota?.canCreate
    return html`
      <section class="card first-steps" aria-labelledby="first-title">
        <header><h2 id="first-title">${t('first.title')}</h2>
          <button type="button" class="icon-button" data-click="dismiss" aria-label="${t('first.dismiss')}"
            title="${t('first.dismiss')}">${icon('close')}</button></header>
        ${session.get().setupStep && html`<p class="first-resume"><a class="button button-primary"
          href="/welcome">${t('config.resume')}</a></p>`}
        <ol>${steps.map(([name, done, action]) => html`
          <li data-key="${name}" data-step="${name}" ?data-done=${done}>
            <span class="first-mark" aria-hidden="true">${done && icon('check')}</span>
            <div><strong>${t(name === 'machine' && !done && !mayCreate ? 'first.machineTheirs'
              : `first.${name}`)}${done
              && html`<span class="visually-hidden"> (${t('first.done')})</span>`}</strong>
              ${!done && html`<p>${t(name === 'machine' && !mayCreate ? 'first.machineOthers'
                : `first.${name}Text`)}</p>`}
              ${!done && name === 'image' && folder
                && html`<copy-field label="${t('first.folder')}" value="${folder}"></copy-field>`}</div>
            ${!done && action}</li>`)}</ol>
      </section>`
  }

  make() { go('/machines?new=1') }

  dismiss() {
    try { localStorage.setItem(dismissedKey, '1') } catch { /* storage is off */ }
    this.remove()
    document.querySelector('#content')?.focus({ preventScroll: true })
  }
}

function isDismissed() {
  try { return localStorage.getItem(dismissedKey) === '1' } catch { return false }
}

customElements.define('first-steps', FirstSteps)

export const firstSteps = () => isDismissed() ? null : html`<first-steps data-key="first"></first-steps>`
