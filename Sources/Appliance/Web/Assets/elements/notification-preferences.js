import { briefly, loadable, skeletons } from './loadable.js'
import { get, put } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { language, preferences, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { toast } from '../lib/toast.js'

const ways = ['page', 'browser', 'email']

/**
 * The permission for browser notifications: "granted", "default" (not asked yet), "denied", or "none" (not
 * supported).
 */
const permission = () =>
  !('Notification' in window) || !isSecureContext ? 'none' : Notification.permission

/** A table of the kinds of notifications and where they are shown; each switch is saved at once. */
class NotificationPreferences extends ViewElement {
  #kinds = new Loader(this, async signal => (await get('/api/notifications/preferences', { signal })).kinds)
  #language = language()

  connected() {
    this.watch(preferences, () => { if (this.#language !== language()) this.fetch() })
    this.fetch()
  }

  fetch() {
    this.#language = language()
    this.#kinds.load()
  }

  view() {
    return html`
      <section class="card wishes" aria-labelledby="wishes-title">
        <h2 id="wishes-title">${t('notify.wishes')}</h2>
        <p class="quiet">${t('notify.wishesText')}</p>
        ${this.#permission()}
        ${loadable(this.#kinds, kinds => this.#table(kinds), { waiting: skeletons('card'), failed: briefly })}
      </section>`
  }

  #permission() {
    const state = permission()
    if (state === 'granted') return ''
    return html`<div class="alert alert-calm wishes-permission" data-key="permission" data-state="${state}">
      ${icon('bell')}<p>${t(`notify.permission.${state}`)}</p>
      ${state === 'default' && html`<button type="button" class="button button-small" data-click="ask">
        ${t('notify.permission.ask')}</button>`}</div>`
  }

  #table(kinds) {
    return html`
      <table class="wish-table" data-key="table">
        <thead><tr><td></td>${ways.map(way => html`<th scope="col">${t(`notify.way.${way}`)}</th>`)}</tr>
        </thead>
        <tbody>${kinds.map(kind => html`
          <tr data-key="wish-${kind.kind}"><th scope="row">${kind.title}</th>${ways.map(way => html`
            <td data-way="${t(`notify.way.${way}`)}">${this.#switch(kind, way)}</td>`)}</tr>`)}</tbody>
      </table>`
  }

  #switch(kind, way) {
    const off = way === 'browser' && (!kind.page || permission() === 'none')
    return html`<button type="button" role="switch" class="toggle"
      aria-checked="${kind[way] && !off ? 'true' : 'false'}" ?disabled=${off}
      data-click="flip" data-kind="${kind.kind}" data-way="${way}"
      aria-label="${kind.title}${language() === 'fr' ? '\u00a0:' : ':'} ${t(`notify.way.${way}`)}"><i></i>
      </button>`
  }

  /** Asks for the permission; only after a click. */
  async ask() {
    await Notification.requestPermission()
    this.update()
  }

  async flip(_, { dataset: { kind, way } }) {
    const before = this.#kinds.value.find(one => one.kind === kind)
    const wish = { kind, [way]: !before[way] }
    this.#kinds.set(this.#kinds.value.map(one => one.kind === kind ? { ...one, ...wish } : one))
    if (way === 'browser' && wish.browser && permission() === 'default') this.ask()
    try {
      await put('/api/notifications/preferences', { kinds: [wish] })
    } catch (error) {
      toast(error.message, 'error')
      this.fetch()
    }
  }
}

customElements.define('notification-preferences', NotificationPreferences)
