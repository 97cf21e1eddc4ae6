import '../elements/forum-mails.js'
import '../elements/notification-preferences.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton } from '../elements/loadable.js'
import { notificationRow } from '../elements/notification-rows.js'
import { sectionTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { language, preferences, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { isOn } from '../lib/navigation.js'
import { markAllRead, markRead, notifications, throwAway } from '../lib/notifications.js'
import { PagedList } from '../lib/paged.js'
import { place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** All notifications, page by page; or their preferences. */
class NotificationsPage extends ViewElement {
  #list = new PagedList('/api/notifications', { changed: () => this.update() })
  #language = language()

  connected() {
    this.watch(place)
    this.watch(notifications)
    this.watch(preferences, () => this.#spoken())
    for (const type of ['catch-up', 'NOTIFICATION', 'NOTIFICATIONS', 'CHAT_DELETED'])
      this.listen(socket, type, () => this.#list.filter({}, { typing: true }))
    this.#list.refresh()
  }

  #spoken() {
    if (this.#language !== language()) this.#list.refresh()
    this.#language = language()
  }

  get #isChoosing() { return place.get().path === '/notifications/preferences' }

  view() {
    const { unread } = notifications.get()
    return html`
      <header class="page-head">
        <div><h1>${t('notify.title')}</h1><p class="lead">
          ${unread ? t('notify.count', { count: unread }) : t('notify.allRead')}</p></div>
        ${sectionTabs(t('notify.title'), [['/notifications', 'notify.list'], ['/notifications/preferences',
          'notify.preferences']])}
      </header>
      ${this.#isChoosing ? html`<notification-preferences data-key="preferences"></notification-preferences>
        ${isOn('forum') && html`<forum-mails data-key="forum-mails"></forum-mails>`}`
        : this.#all(unread)}`
  }

  #all(unread) {
    const only = this.#list.wishes.unread === '1'
    return html`
      <div class="notes-bar" data-key="bar">
        <fieldset class="switch"><legend class="visually-hidden">${t('notify.which')}</legend>
          <div class="switch-choices">
          <button type="button" data-click="everything" aria-pressed="${only ? 'false' : 'true'}">
            ${t('notify.everything')}</button>
          <button type="button" data-click="onlyUnread" aria-pressed="${only ? 'true' : 'false'}">
            ${t('notify.onlyUnread')}</button></div></fieldset>
        <button type="button" class="button" data-click="markAll" ?disabled=${!unread}>
          ${icon('check')}${t('notify.markAll')}</button>
      </div>
      ${this.#body(only)}`
  }

  #body(only) {
    return loadable(this.#list, rows => this.#rows(rows), {
      empty: emptyState(only ? {
        icon: 'check', title: t('notify.allRead'),
        action: html`<button class="button" data-click="everything">${t('notify.everything')}</button>`,
      } : { icon: 'bell', title: t('notify.none'), text: t('notify.noneText') }),
    })
  }

  #rows(rows) {
    return html`
      <ul class="told-list notes-all" aria-label="${t('notify.title')}">
        ${rows.map(item => notificationRow(item, html`
        <button type="button" class="icon-button icon-small note-away" data-click="throwAway"
          data-id="${item.id}" title="${t('notify.delete')}"
          aria-label="${t('notify.deleteOf', { title: item.title })}">${icon('trash')}</button>`))}</ul>
      ${moreButton(this.#list, t('notify.more'))}`
  }

  #find = id => this.#list.rows?.find(item => item.id === id)

  again() { this.#list.refresh() }
  older() { this.#list.older() }
  everything() { this.#list.filter({ unread: '' }) }
  onlyUnread() { this.#list.filter({ unread: '1' }) }
  markAll() { this.#try(markAllRead()) }
  follow(_, { dataset: { id } }) { this.mark(_, { dataset: { id } }) }

  mark(_, { dataset: { id } }) {
    const item = this.#find(id)
    if (item) this.#try(markRead(item))
  }

  throwAway(_, { dataset: { id } }) {
    const item = this.#find(id)
    if (item) this.#try(throwAway(item))
  }

  async #try(work) {
    try { await work } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
  }
}

customElements.define('notifications-page', NotificationsPage)
route(['/notifications', '/notifications/preferences'], () =>
  html`<notifications-page data-key="notifications"></notifications-page>`,
  { access: 'signedIn', title: 'notify.title' })
