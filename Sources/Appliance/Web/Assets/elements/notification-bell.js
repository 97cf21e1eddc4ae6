import { loadable } from './loadable.js'
import { notificationRow } from './notification-rows.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { fetchNotifications, markAllRead, markRead, notifications } from '../lib/notifications.js'
import { toast } from '../lib/toast.js'

const mostShown = 99

/** The bell with the unread count; it opens the newest notifications. */
class NotificationBell extends ViewElement {
  connected() {
    this.watch(notifications)
    this.listen(this, 'toggle', event => this.#toggled(event), { capture: true })
    this.listen(this, 'keydown', event => this.#move(event))
  }

  view() {
    const { unread } = notifications.get()
    const label = unread ? t('notify.bell', { count: unread }) : t('notify.title')
    return html`
      <button type="button" class="icon-button bell" popovertarget="notification-panel" aria-haspopup="dialog"
        aria-label="${label}" title="${label}" ?data-unread=${unread > 0}>
        ${icon('bell')}${unread > 0
          && html`<span class="bell-count" aria-hidden="true">${unread > mostShown ? `${mostShown}+`
          : unread}</span>`}
      </button>
      <section class="popover notes-panel" id="notification-panel" popover role="dialog"
        aria-labelledby="notes-title" tabindex="-1">
        <header class="notes-head"><h2 id="notes-title">${t('notify.title')}</h2>
          ${unread > 0 && html`<button type="button" class="link" data-key="all" data-click="markAll">
            ${t('notify.markAll')}</button>`}</header>
        ${this.#list()}
        <footer class="notes-foot">
          <a href="/notifications" data-click="close">${t('notify.all')}</a><a
            href="/notifications/preferences" data-click="close">${t('notify.preferences')}</a></footer>
      </section>`
  }

  #list() {
    const { loaded, error, items } = notifications.get()
    return loadable({ value: loaded ? items : null, error }, () => html`
      <ul class="told-list" aria-labelledby="notes-title">${items.map(item => notificationRow(item))}</ul>`, {
      waiting: html`<div class="notes-none" aria-busy="true"><span class="skeleton skeleton-row"></span>
      </div>`,
      failed: ({ message }) => html`<div class="notes-none"><p>${message}</p>
        <button class="button button-small" data-click="again">${icon('reboot')}${t('action.retry')}</button>
        </div>`,
      empty: html`<div class="notes-none">${icon('bell')}<p><strong>${t('notify.none')}</strong></p>
        <p class="quiet">${t('notify.noneText')}</p></div>`,
    })
  }

  get #panel() { return this.querySelector('#notification-panel') }

  #toggled({ target, newState }) {
    if (target !== this.#panel || newState !== 'open') return
    const first = this.querySelector('.told')
    ;(first ?? this.#panel).focus({ preventScroll: true })
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key]
    if (!step || !this.#panel.matches(':popover-open')) return
    const notes = [...this.querySelectorAll('.told')]
    const at = notes.indexOf(document.activeElement?.closest('.note-row')?.querySelector('.told'))
    event.preventDefault()
    notes[Math.max(0, Math.min(notes.length - 1, at + step))]?.focus()
  }

  #find = id => notifications.get().items.find(item => item.id === id)

  /** Marks as read; the link itself is followed by the router, or by the browser in another tab. */
  follow(event, { dataset: { id } }) {
    const item = this.#find(id)
    if (item) this.#try(markRead(item))
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) this.close()
  }

  mark(_, { dataset: { id } }) {
    const item = this.#find(id)
    this.querySelector(`.told[data-id="${id}"]`)?.focus()
    if (item) this.#try(markRead(item))
  }

  markAll() {
    (this.querySelector('.told') ?? this.#panel).focus()
    this.#try(markAllRead())
  }

  again() { fetchNotifications() }
  close() { this.#panel.hidePopover() }

  async #try(work) {
    try { await work } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('notification-bell', NotificationBell)
