import './notification-bell.js'
import './presence-list.js'
import { chat, unreadTotal } from '../lib/chat/store.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon, mark } from '../lib/icons.js'
import { place } from '../lib/router.js'
import { can, isAdmin, session, signOut, socket } from '../lib/session.js'
import { face } from './presence-list.js'
import { toast } from './toast-list.js'

/** The paths, beside /people, of which the link to the people is the current one. */
const peoplePaths = ['/categories', '/quotas', '/audit', '/client-errors']

/** The navigation, the state of the live connection, and the user; a column, or a bar on a phone. */
class SideBar extends ViewElement {
  connected() {
    this.watch(place)
    this.watch(session)
    this.watch(socket.connection)
    this.watch(chat)
  }

  view() {
    const { user, appliance } = session.get()
    if (!user) return html``
    const mailbox = appliance.mail === 'mailbox' || isAdmin()
    return html`
      <header class="side-head">
        <a class="brand" href="/machines">${mark()}<span>OBox</span></a>
        ${appliance.demo && html`<span class="tag">${t('app.demo')}</span>`}
        <div class="side-now">${this.#live()}<presence-list
          data-key="presence"></presence-list><notification-bell data-key="bell"></notification-bell></div>
      </header>
      <nav class="side-nav" aria-label="${t('nav.label')}">
        ${this.#link('/machines', 'machines', 'nav.machines')}
        ${this.#link('/chat', 'chat', 'nav.chat', '', [], this.#unread())}
        ${mailbox && this.#link('/mailbox', 'mail', 'nav.mailbox')}
        ${isAdmin() && this.#link('/host', 'host', 'nav.host')}
        ${can('manage_users')
          ? this.#link('/people', 'people', 'nav.people', '', peoplePaths)
          : can('manage_employee_categories') && this.#link('/categories', 'tag', 'nav.categories')}
        ${this.#link('/profile', 'user', 'nav.profile', 'only-narrow', ['/security'])}
      </nav>
      <footer class="side-foot">
        <a class="person" href="/profile" ${['/profile', '/security'].includes(place.get().path)
          && html`aria-current="page"`}>
          ${face(user)}
          <span class="person-name"><strong>${user.name
            || user.username}</strong><small>${t(`role.${user.role}`)}</small></span>
        </a>
        <button class="icon-button" data-click="keys" title="${t('nav.keys')} (?)"
          aria-label="${t('nav.keys')}">${icon('keyboard')}</button>
        <button class="icon-button" data-click="leave" title="${t('nav.signOut')}"
          aria-label="${t('nav.signOut')}">${icon('out')}</button>
      </footer>`
  }

  #link(path, sign, key, extra = '', others = [], badge = null) {
    const here = place.get().path
    const current = here === path || here.startsWith(`${path}/`) || others.includes(here)
    return html`<a class="${extra}" href="${path}"
      ${current && html`aria-current="page"`}>${icon(sign)}<span>${t(key)}</span>${badge}</a>`
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

  #live() {
    const { state } = socket.connection.get()
    const shown = state === 'live' ? 'live' : state === 'waiting' ? 'waiting' : 'connecting'
    return html`<span class="live-state" data-state="${shown}"
      role="status"><i></i><span>${t(`live.${shown}`)}</span></span>`
  }

  keys() { document.querySelector('key-sheet')?.open() }

  async leave() {
    try { await signOut() } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('side-bar', SideBar)
