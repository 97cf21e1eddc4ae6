import './confirm-dialog.js'
import './connection-note.js'
import './key-sheet.js'
import './live-region.js'
import './preference-switch.js'
import './side-bar.js'
import './toast-list.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon, mark } from '../lib/icons.js'
import { go, place } from '../lib/router.js'
import { isAdmin, session, startSession } from '../lib/session.js'
import { startShortcuts } from '../lib/shortcuts.js'
import { emptyState } from './empty-state.js'

const retryEvery = 5000

/** The frame around every screen: it finds out who is there and shows the screen that they may see. */
class AppShell extends ViewElement {
  #unreachable = false
  #shown = null

  connected() {
    this.watch(place, () => this.#guard())
    this.watch(session, () => this.#guard())
    this.listen(document, 'visibilitychange', () => { if (this.#unreachable) this.start() })
    startShortcuts(this.signal)
    this.start()
  }

  async start() {
    try {
      await startSession()
      this.#unreachable = false
      this.#guard()
    } catch {
      this.#unreachable = true
      setTimeout(() => { if (this.isConnected && !session.get().ready) this.start() }, retryEvery)
    }
    this.update()
  }

  /** Sends people where they can do something: to sign-in, to set-up, or on from there. */
  #guard() {
    const { ready, user, appliance } = session.get()
    const { route, path, query } = place.get()
    if (ready && route) {
      if (appliance.setupNeeded && !user && path !== '/setup') return go('/setup', { replace: true })
      if (route.access === 'guest' && user) return go(this.#wanted(query), { replace: true })
      if ((route.access === 'signedIn' || route.access === 'admin') && !user) {
        const next = path === '/machines' ? '' : `?next=${encodeURIComponent(path)}`
        return go(`/sign-in${next}`, { replace: true })
      }
    }
    this.update()
  }

  /** The path asked for before sign-in, if it is one of ours. */
  #wanted(query) {
    const next = query.get('next') ?? ''
    return /^\/[a-z0-9][\w/-]*$/i.test(next) ? next : '/machines'
  }

  view() {
    const { ready, user } = session.get()
    if (!ready) return this.#unreachable ? this.#unreachableView() : this.#loadingView()
    return html`
      <a class="skip-link" href="#content">${t('app.skip')}</a>
      <div class="frame ${user ? 'frame-inside' : 'frame-gate'}" data-key="${user ? 'inside' : 'gate'}">
        ${user && html`<side-bar data-key="side"></side-bar>`}
        <main id="content" tabindex="-1">
          ${user && html`<connection-note data-key="note"></connection-note>`}
          ${this.#screen(user)}
        </main>
      </div>
      <toast-list data-key="toasts"></toast-list>
      <confirm-dialog data-key="confirm"></confirm-dialog>
      <key-sheet data-key="keys"></key-sheet>
      <live-region data-key="live"></live-region>`
  }

  #screen() {
    const { route, path } = place.get()
    if (!route) return html`<not-found-page data-key="missing"></not-found-page>`
    if (route.access === 'admin' && !isAdmin())
      return html`<not-found-page data-key="forbidden" reason="forbidden"></not-found-page>`
    switch (route.tag) {
      case 'sign-in-page': return html`<sign-in-page data-key="sign-in"></sign-in-page>`
      case 'register-page': return html`<register-page data-key="register"></register-page>`
      case 'verify-email-page': return html`<verify-email-page data-key="verify"></verify-email-page>`
      case 'set-up-page': return html`<set-up-page data-key="set-up"></set-up-page>`
      case 'machines-page': return html`<machines-page data-key="machines"></machines-page>`
      case 'machine-page': return html`<machine-page data-key="${path}"></machine-page>`
      case 'mailbox-page': return html`<mailbox-page data-key="mailbox"></mailbox-page>`
      case 'host-page': return html`<host-page data-key="host"></host-page>`
      case 'profile-page': return html`<profile-page data-key="profile"></profile-page>`
    }
  }

  drawn() {
    const { route, path } = place.get()
    if (!session.get().ready) return
    document.title = `${t(route?.title ?? 'missing.title')} · OBox`
    if (this.#shown !== null && this.#shown !== path) {
      scrollTo(0, 0)
      this.querySelector('#content')?.focus({ preventScroll: true })
    }
    this.#shown = path
  }

  #loadingView() {
    return html`<div class="splash" data-key="splash" role="status">${mark()}<p>${t('app.loading')}</p></div>`
  }

  #unreachableView() {
    return html`<div class="splash" data-key="splash-away">${emptyState({
      icon: 'warning', title: t('app.unreachable'), text: t('app.unreachableText'),
      action: html`<button class="button" data-click="start">${icon('reboot')}${t('app.retry')}</button>`,
    })}</div>`
  }
}

customElements.define('app-shell', AppShell)
