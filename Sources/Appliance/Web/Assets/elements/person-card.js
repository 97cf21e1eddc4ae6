import './time-ago.js'
import { get } from '../lib/api.js'
import { startDirect } from '../lib/channel-actions.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { nameOf } from '../lib/people.js'
import { isHere, presence } from '../lib/presence.js'
import { place } from '../lib/router.js'
import { can, isAdmin, session } from '../lib/session.js'
import { face } from './presence-list.js'

/**
 * The card of a person. Opened by a click on an element with `data-person-card` (an id) or `data-person-name`
 * (a username).
 */
class PersonCard extends ViewElement {
  #person = null
  #error = null
  #anchor = null
  #asked = 0

  connected() {
    this.watch(presence)
    this.watch(place, () => this.#shut())
    this.listen(this, 'toggle', event => { if (event.newState === 'closed') this.#closed() }, { capture: true })
    this.listen(document, 'click', event => this.#clicked(event))
  }

  get #window() { return this.querySelector('.person-card') }

  view() {
    const { user } = session.get()
    if (!user) return html``
    return html`<section class="person-card" popover role="dialog" aria-labelledby="person-card-name"
      tabindex="-1">
      ${this.#error ? html`<p class="quiet" id="person-card-name">${this.#error}</p>` : this.#person
        && this.#inside(this.#person, String(user.id) === String(this.#person.id))}
    </section>`
  }

  #inside(person, own) {
    const { id, username, position, department } = person
    const about = [position, department].filter(Boolean).join(' · ')
    const here = isHere(id)
    return html`
      <header class="person-card-head">${face(person)}<div>
        <h2 id="person-card-name">${nameOf(person)}${own && html` <small>${t('presence.you')}</small>`}</h2>
        <p class="quiet">${username && html`@${username}`}${about && html` · ${about}`}</p></div></header>
      <p class="person-card-here">
        <span class="dot" ?data-live=${here}></span>${t(here ? 'card.here' : 'card.away')}</p>
      <div class="person-card-actions">
        ${own ? html`<a class="button" href="/profile">${icon('user')}${t('profile.title')}</a>`
          : html`<button type="button" class="button button-primary" data-click="write">
            ${icon('chat')}${t('card.write')}</button>`}
        ${isAdmin() && html`<a class="button" href="/machines?q=${encodeURIComponent(nameOf(person))}">
          ${icon('machines')}${t('card.machines')}</a>`}
        ${can('manage_users') && html`<a class="button"
          href="/people/${encodeURIComponent(id)}">${icon('user')}${t('card.account')}</a>`}
      </div>`
  }

  #clicked(event) {
    const anchor = event.target.closest?.('[data-person-card], [data-person-name]')
    if (!anchor || event.defaultPrevented || !session.get().user) return
    event.preventDefault()
    this.#open(anchor)
  }

  async #open(anchor) {
    const { personCard: id, personName: name } = anchor.dataset
    const asked = this.#asked += 1
    this.#anchor = anchor
    this.#error = null
    this.#person = presence.get().users.find(user => id ? String(user.id) === id : same(user.username, name)) ?? null
    if (this.#person) this.#show()
    try {
      const person = id ? await get(`/api/users/${encodeURIComponent(id)}`, { signal: this.signal, quiet: true }) : await named(name, this.signal)
      if (asked !== this.#asked) return
      this.#person = person ?? this.#person
      if (!this.#person) this.#error = t('card.gone')
    } catch (error) {
      if (error.name === 'AbortError' || asked !== this.#asked) return
      if (!this.#person) this.#error = error.status === 404 ? t('card.gone') : error.message
    }
    this.#show()
  }

  #show() {
    this.draw()
    const window = this.#window
    if (!this.#anchor?.isConnected) return
    if (!window.matches(':popover-open')) {
      window.showPopover()
      ;(window.querySelector('.button') ?? window).focus({ preventScroll: true })
    }
    const { left, bottom, top } = this.#anchor.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = window
    const under = bottom + 6
    const y = under + height < innerHeight - 8 ? under : Math.max(8, top - height - 6)
    Object.assign(window.style, { left: `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`, top: `${y}px` })
  }

  #shut() { if (this.#window?.matches(':popover-open')) this.#window.hidePopover() }

  #closed() {
    this.#asked += 1
    if (this.contains(document.activeElement) && this.#anchor?.isConnected) this.#anchor.focus({ preventScroll: true })
  }

  write() {
    const { id } = this.#person
    this.#shut()
    startDirect(id)
  }
}

const same = (one, other) => one?.toLowerCase() === other?.toLowerCase()

/** The person with that username; null when there is none. */
async function named(name, signal) {
  const found = await get(`/api/users?limit=20&q=${encodeURIComponent(name)}`, { signal, quiet: true })
  return found.find(({ username }) => same(username, name)) ?? null
}

customElements.define('person-card', PersonCard)
