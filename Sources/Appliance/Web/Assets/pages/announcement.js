import '../elements/read-confirm.js'
import '../elements/read-report.js'
import '../elements/row-comments.js'
import '../elements/table-dialog.js'
import { announcementFacts, announcementMarks } from '../elements/announcement-card.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { announcementTable, isAsked, publishedAt, stateOf } from '../lib/announcements.js'
import { get, post, remove } from '../lib/api.js'
import { textMarkup } from '../lib/chat/markup.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { dateAndTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { notifications } from '../lib/notifications.js'
import { go, route } from '../lib/router.js'
import { can, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const right = 'manage_announcements'

/** One announcement with its comments; for managers also the report of its readers. */
class AnnouncementPage extends ViewElement {
  #row = new Loader(this, signal => get(this.#path, { signal }))
  /** The names of its audience. */
  #readers = new Loader(this, async signal => {
    const { audience } = this.#row.value
    return audience.length
      ? get(`/api/readers?targets=${encodeURIComponent(JSON.stringify(audience))}`, { signal }) : []
  })
  #revision = 0

  connected() {
    this.listen(this, 'row-saved', () => this.again())
    this.listen(this, 'read-confirmed', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(socket, 'NEW_ANNOUNCEMENT', ({ detail }) => { if (String(detail.id) === this.#id) this.again() })
    this.#load().then(() => this.#seen())
  }

  async #load() {
    await this.#row.load()
    if (this.#row.value && can(right)) await this.#readers.load()
  }

  /** Marks the notifications about it as read. */
  #seen() {
    if (this.#row.value && notifications.get().unread > 0)
      post(`${this.#path}/seen`).catch(() => { /* it stays unread */ })
  }

  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/announcements/${encodeURIComponent(this.#id)}` }

  view() {
    return loadable(this.#row, row => this.#page(row), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'announce', title: t('announce.gone'), isPage: true,
        action: html`<a class="button" href="/announcements">${icon('back')}${t('announce.title')}</a>`,
      }) : failure(error),
    })
  }

  #page(row) {
    document.title = `${row.title} · OBox`
    return html`
      <a class="back" href="/announcements">${icon('back')}${t('announce.title')}</a>
      <article class="announcement-page">
        <header class="page-head"><div>
          <p class="announcement-marks">${announcementMarks(row)}</p>
          <h1><span aria-hidden="true">${row.icon}</span> ${row.title}</h1>
          <p class="lead">${announcementFacts(row)}</p>
          ${can(right) && this.#publication(row)}</div>
          ${can(right) && this.#actions()}</header>
        ${row.imageUrl && html`<img class="announcement-picture" src="${row.imageUrl}" alt="">`}
        <div class="prose">${textMarkup(row.content, session.get().user)}</div>
        ${isAsked(row) && !stateOf(row) && html`<read-confirm data-key="confirm"
          path="${this.#path}"
          edition="${row.edition}" ?confirmed=${row.isConfirmed}></read-confirm>`}
        ${can(right) && this.#forManagers(row)}
        ${!stateOf(row) && html`<row-comments data-key="comments" path="${this.#path}" right="${right}"
          revision="${this.#revision}" ?open=${row.allowsComments}></row-comments>`}
      </article>
      <table-dialog data-key="dialog"></table-dialog>`
  }

  /** Whom it is for, and when it is or was published. */
  #publication(row) {
    const state = stateOf(row)
    const key = state === 'scheduled' ? 'announce.publishedLater' : 'announce.publishedOn'
    return html`
      <p class="announcement-for">${t('announce.for')}
        ${row.audience.length === 0 && html`<span class="tag tag-plain">${t('audience.everyone')}</span>`}
        ${(this.#readers.value ?? []).map(({ target, label }) => html`<span class="tag tag-plain"
          data-key="for-${target}">${label}</span>`)}
        ${state !== 'draft' && html`<span class="quiet">${t(key, { at: dateAndTime(publishedAt(row)) })}
          </span>`}</p>`
  }

  #actions() {
    return html`
      <div class="head-actions">
        <button type="button" class="button" data-key="edit" data-click="edit">
          ${icon('edit')}${t('action.edit')}</button>
        <button type="button" class="icon-button" data-key="delete" data-click="delete"
          title="${t('do.delete')}"
          aria-label="${t('do.delete')}">${icon('trash')}</button></div>`
  }

  #forManagers(row) {
    if (!row.requiresConfirmation || stateOf(row)) return null
    return html`
      <read-report data-key="report" path="${this.#path}" revision="${row.edition}-${row.confirmedCount}">
        </read-report>
      <p class="quiet">${t('announce.askAgainText')}
        <button type="button" class="link" data-click="askAgain">${t('announce.askAgain')}</button></p>`
  }

  again() {
    this.#revision += 1
    this.#load()
  }

  async edit() {
    const table = await announcementTable()
    if (table) this.querySelector('table-dialog')?.open(table, this.#row.value)
  }

  async askAgain() {
    if (!await confirm({ title: t('announce.askAgain'), text: t('announce.askAgainWarning'), yes: t('announce.askAgain') }))
      return
    try { await post(`${this.#path}/ask-again`) } catch (error) { toast(error.message, 'error') }
    this.again()
  }

  async delete() {
    const name = this.#row.value.title
    if (!await confirm({ title: t('tables.askDelete', { name }), text: t('announce.askDeleteText'), yes: t('do.delete'), danger: true }))
      return
    try {
      await remove(this.#path)
      go('/announcements')
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('announcement-page', AnnouncementPage)
route('/announcements/:id', ({ id }) => html`<announcement-page data-key="announcement-${id}"
  row="${id}"></announcement-page>`, { access: 'signedIn', title: 'announce.title' })
