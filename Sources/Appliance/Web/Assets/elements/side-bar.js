import './notification-bell.js'
import './presence-list.js'
import { chat, unreadTotal } from '../lib/chat/store.js'
import { isOutside } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { health } from '../lib/health.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon, mark } from '../lib/icons.js'
import { leadsTo, navigation } from '../lib/navigation.js'
import { place } from '../lib/router.js'
import { session, signOut, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { face } from './presence-list.js'
import { openSwitcher } from './quick-switcher.js'

/** The navigation, the state of the live connection, and the user; a column, or a bar with a menu on a phone. */
class SideBar extends ViewElement {
  connected() {
    this.watch(place, () => this.#moved())
    this.watch(session)
    this.watch(socket.connection)
    this.watch(chat)
    this.watch(health)
  }

  view() {
    const { user, appliance } = session.get()
    if (!user) return html``
    const groups = navigation()
    return html`
      <header class="side-head">
        <a class="brand" href="/">${mark()}<span>OBox</span></a>
        ${appliance.demo && html`<span class="tag">${t('app.demo')}</span>`}
        <div class="side-now">${this.#live()}<presence-list
          data-key="presence"></presence-list><notification-bell data-key="bell"></notification-bell></div>
        <button type="button" class="side-search" data-click="search" aria-label="${t('nav.search')}">
          ${icon('search')}<span>${t('nav.search')}</span><kbd>Ctrl K</kbd></button>
      </header>
      <nav class="side-nav" aria-label="${t('nav.label')}">
        ${groups.map(group => this.#group(group))}
        <button type="button" class="only-narrow" data-click="menu" aria-haspopup="dialog">
          ${icon('menu')}<span>${t('nav.menu')}</span>${this.#broken()}</button>
      </nav>
      <footer class="side-foot">
        <a class="person" href="/profile" ${['/profile', '/security'].includes(place.get().path)
          && html`aria-current="page"`}>
          ${face(user)}
          <span class="person-name"><strong>${user.name
            || user.username}</strong><small>${t(`role.${user.role}`)}</small></span>
        </a>
        ${this.#tools()}
      </footer>
      ${this.#menu(groups)}`
  }

  #group({ name, links }) {
    return html`<div class="side-group" data-group="${name}">
      ${name !== 'mine' && html`<h2 class="side-title">${t(`nav.group.${name}`)}</h2>`}
      ${links.map(link => this.#link(link))}</div>`
  }

  #link(link) {
    const { path, icon: sign, words, first } = link
    return html`<a class="${first ? 'side-first' : ''}" href="${path}"
      ${leadsTo(link, place.get().path) && html`aria-current="page"`}>${icon(sign)}<span>${t(words)}</span>
      ${path === '/chat' && this.#unread()}${path === '/host' && this.#broken()}</a>`
  }

  #tools() {
    return html`<button class="icon-button" data-click="keys" title="${t('nav.keys')} (?)"
        aria-label="${t('nav.keys')}">${icon('keyboard')}</button>
      <button class="icon-button" data-click="leave" title="${t('nav.signOut')}"
        aria-label="${t('nav.signOut')}">${icon('out')}</button>`
  }

  /** All links, on a phone. */
  #menu(groups) {
    return html`
      <dialog class="dialog side-menu" aria-label="${t('nav.menu')}" data-click="backdrop">
        <header class="dialog-head"><h2>${t('nav.menu')}</h2>
          <button class="icon-button" data-click="shut" aria-label="${t('action.close')}">
            ${icon('close')}</button></header>
        ${groups.map(({ name, links }) => html`<div class="side-menu-group">
          ${name !== 'mine' && html`<h3 class="side-title">${t(`nav.group.${name}`)}</h3>`}
          ${links.map(({ path, icon: sign, words }) => html`<a href="${path}">
            ${icon(sign)}<span>${t(words)}</span>${path === '/host' && this.#broken()}</a>`)}</div>`)}
        <div class="side-menu-group"><a href="/profile">${icon('user')}<span>${t('nav.profile')}</span></a>
          <button type="button" data-click="leave">${icon('out')}
            <span>${t('nav.signOut')}</span></button></div>
      </dialog>`
  }

  /** The unread badge of the chat: a number for mentions and direct messages, a dot for others. */
  #unread() {
    const { messages, calls } = unreadTotal()
    if (!messages && !calls) return null
    const count = Math.max(messages, calls)
    const label = html`<span class="visually-hidden">${t('nav.chatUnread', { count })}</span>`
    return calls ? html`<span class="nav-badge"><span
      aria-hidden="true">${calls > 99 ? '99+' : calls}</span>${label}</span>`
        : html`<span class="nav-badge nav-dot">${label}</span>`
  }

  /** How many checks of the installation are broken. */
  #broken() {
    const { broken } = health.get()
    return broken > 0 && html`<span class="nav-badge nav-bad"><span aria-hidden="true">${broken}</span>
      <span class="visually-hidden">${t('health.broken', { count: broken })}</span></span>`
  }

  #live() {
    const { state } = socket.connection.get()
    const shown = state === 'live' ? 'live' : state === 'waiting' ? 'waiting' : 'connecting'
    return html`<span class="live-state" data-state="${shown}"
      role="status"><i></i><span>${t(`live.${shown}`)}</span></span>`
  }

  #moved() {
    this.shut()
    this.update()
  }

  search() { openSwitcher() }
  menu() { this.querySelector('.side-menu').showModal() }
  shut() { this.querySelector('.side-menu[open]')?.close() }
  backdrop(event, dialog) { if (isOutside(event, dialog)) dialog.close() }
  keys() { document.querySelector('key-sheet')?.open() }

  async leave() {
    this.shut()
    try { await signOut() } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('side-bar', SideBar)
