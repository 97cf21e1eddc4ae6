import './confirm-dialog.js'
import './connection-note.js'
import './key-sheet.js'
import './live-region.js'
import './person-card.js'
import './preference-switch.js'
import './side-bar.js'
import './toast-list.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { language, t } from '../lib/i18n.js'
import { icon, mark } from '../lib/icons.js'
import { isSwitchedOff, mayEnter } from '../lib/navigation.js'
import { go, place } from '../lib/router.js'
import { session, startSession } from '../lib/session.js'
import { startShortcuts } from '../lib/shortcuts.js'
import { emptyState } from './empty-state.js'
import { openSwitcher } from './quick-switcher.js'

const retryEvery = 5000

/**
 * The frame of the page: starts the session, and shows the page of the current path if the user may see it.
 */
class AppShell extends ViewElement {
  #unreachable = false
  #shown = null
  #titled = null

  connected() {
    this.watch(place, () => this.#guard())
    this.watch(session, () => this.#guard())
    this.listen(document, 'visibilitychange', () => { if (this.#unreachable) this.start() })
    startShortcuts(this.signal, openSwitcher)
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

  /** Redirects to set-up or sign-in; after sign-in to the page that was requested, unless the user signed out there. */
  #guard() {
    const { ready, user, appliance } = session.get()
    const { route, path, query } = place.get()
    if (ready && route) {
      if (appliance.setupNeeded && !user && path !== '/setup') return go('/setup', { replace: true })
      if (route.access === 'guest' && user) return go(this.#wanted(query), { replace: true })
      if (isInner(route) && !user && !session.get().mustSetUp) {
        const next = path === '/' || session.get().signedOut ? '' : `?next=${encodeURIComponent(path + (query.size ? `?${query}` : ''))}`
        return go(`/sign-in${next}`, { replace: true })
      }
    }
    this.update()
  }

  /** The path requested before sign-in, if it is a path of this site; else the home page. */
  #wanted(query) {
    const next = query.get('next') ?? ''
    return /^\/[a-z0-9][\w/-]*(\?[\w=&%.-]*)?$/i.test(next) ? next : '/'
  }

  view() {
    const { ready, user, mustSetUp } = session.get()
    if (!ready) return this.#unreachable ? this.#unreachableView() : this.#loadingView()
    const { route, parameters } = place.get()
    const gated = !user || mustSetUp
    return html`
      <a class="skip-link" href="#content">${t('app.skip')}</a>
      <div class="frame ${gated ? 'frame-gate' : 'frame-inside'}" data-key="${gated ? 'gate' : 'inside'}">
        ${!gated && html`<side-bar data-key="side"></side-bar>`}
        <main id="content" tabindex="-1">
          ${!gated && html`<connection-note data-key="note"></connection-note>`}
          ${mustSetUp ? html`<must-set-up-page data-key="must-set-up"></must-set-up-page>`
            : this.#page(route, parameters)}
        </main>
      </div>
      <toast-list data-key="toasts"></toast-list>
      <confirm-dialog data-key="confirm"></confirm-dialog>
      <key-sheet data-key="keys"></key-sheet>
      <person-card data-key="person"></person-card>
      <live-region data-key="live"></live-region>`
  }

  #page(route, parameters) {
    if (!route) return html`<not-found-page data-key="missing"></not-found-page>`
    if (!mayEnter(route)) return html`<not-found-page data-key="forbidden"
      reason="forbidden"></not-found-page>`
    if (isSwitchedOff(place.get().path)) return html`<not-found-page data-key="off"
      reason="off"></not-found-page>`
    return route.view(parameters)
  }

  drawn() {
    const { route, path } = place.get()
    if (!session.get().ready) return
    this.#entitle(`${path} ${language()} ${route?.title}`, t(route?.title ?? 'missing.title'))
    if (this.#shown !== null && this.#shown !== path) {
      scrollTo(0, 0)
      this.querySelector('#content')?.focus({ preventScroll: true })
    }
    this.#shown = path
  }

  /** Sets the document title once per path; the page may change it afterwards. */
  #entitle(of, title) {
    if (of === this.#titled) return
    this.#titled = of
    document.title = `${title} · OBox`
  }

  #loadingView() {
    return html`<div class="splash" data-key="splash" role="status">${mark()}<p>${t('app.loading')}</p></div>`
  }

  #unreachableView() {
    return html`<div class="splash" data-key="splash-away">${emptyState({
      icon: 'warning', title: t('app.unreachable'), text: t('app.unreachableText'), isPage: true,
      action: html`<button class="button" data-click="start">${icon('reboot')}${t('app.retry')}</button>`,
    })}</div>`
  }
}

/** Whether a route requires a sign-in; an unknown path does, too. */
const isInner = route => !route || !['guest', 'everyone'].includes(route.access)

customElements.define('app-shell', AppShell)
