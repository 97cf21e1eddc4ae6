import '../elements/message-composer.js'
import '../elements/message-view.js'
import '../elements/time-ago.js'
import { boxLetter, boxLetters } from '../elements/box-letter.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { openSwitcher } from '../elements/quick-switcher.js'
import { get, post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { seedOf } from '../lib/message-seeds.js'
import { PagedList } from '../lib/paged.js'
import { place, route } from '../lib/router.js'
import { session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The folders with their icons; "letters" contains the e-mails that the server sends. */
const folders = [
  ['inbox', 'mail'], ['drafts', 'edit'], ['sent', 'send'], ['archive', 'archive'], ['trash', 'trash'], ['letters', 'key'],
]
const isFolder = name => folders.some(([one]) => one === name)

/** The parts of a path: the folder, the open message, and whether a message is being written. */
function parsed({ parameters: { folder, id }, query }) {
  if (folder === 'new') return { folder: 'inbox', id: null, composes: query.toString() || 'new' }
  if (!folder || !isFolder(folder)) return { folder: 'inbox', id: folder ?? null, composes: null }
  return { folder, id: id ?? null, composes: folder === 'drafts' && id ? `draft-${id}` : null }
}

/** The internal mail: folders, the messages of one folder, and the message being read or written. */
class MessagesPage extends ViewElement {
  #at = parsed(place.get())
  #list = null
  #summary = new Loader(this, signal => get('/api/messages/summary', { signal }))
  #seed = new Loader(this, async signal => {
    const { composes, folder, id } = this.#at
    const own = String(session.get().user?.id)
    return { composes, ...await seedOf(place.get().query, folder === 'drafts' ? id : null, own, signal) }
  })
  #letter = new Loader(this, signal => get(`/api/mailbox/${encodeURIComponent(this.#at.id)}`, { signal }))

  connected() {
    this.watch(place, () => this.#choose())
    for (const type of ['NEW_MESSAGE', 'MESSAGES_CHANGED', 'catch-up'])
      this.listen(socket, type, () => this.again())
    this.#show(this.#at.folder)
    this.#choose()
  }

  again() {
    this.#list.refresh()
    this.#summary.load()
  }

  #choose() {
    const at = parsed(place.get())
    const isOther = at.folder !== this.#at.folder
    this.#at = at
    if (isOther) this.#show(at.folder)
    if (at.composes) {
      if (this.#seed.value?.composes !== at.composes) this.#seed.clear()
      if (!this.#seed.value) this.#seed.load()
    } else this.#seed.clear()
    if (at.folder === 'letters' && at.id) {
      this.#letter.clear()
      this.#letter.load()
    }
    this.update()
  }

  #show(folder) {
    const path = folder === 'letters' ? '/api/mailbox' : `/api/messages/${folder}`
    this.#list = new PagedList(path, { changed: () => this.update() })
    this.again()
  }

  view() {
    const { folder, id, composes } = this.#at
    const { unread = 0 } = this.#summary.value ?? {}
    return html`
      <header class="page-head">
        <div><h1>${t('messages.title')}</h1><p class="lead">
          ${unread ? t('messages.unread', { count: unread }) : t('messages.noneUnread')}</p></div>
        <a class="button button-primary" href="/messages/new">${icon('plus')}${t('messages.new')}</a>
      </header>
      <div class="mailbox mail-desk ${(id || composes) && 'mailbox-reading'}">
        ${this.#folders()}
        <div class="mail-list">${this.#tools()}${this.#rows()}</div>
        <div class="mail-pane">${this.#pane()}</div>
      </div>
      <datalist id="message-labels">${(this.#summary.value?.labels ?? []).map(({ name }) =>
        html`<option value="${name}"></option>`)}</datalist>`
  }

  #folders() {
    const { unread = 0, drafts = 0, labels = [] } = this.#summary.value ?? {}
    const count = { inbox: unread, drafts }
    return html`
      <nav class="folders" aria-label="${t('messages.folders')}">${folders.map(([name, sign]) => html`
        <a href="/messages/${name}" ${name === this.#at.folder && html`aria-current="page"`}>
          ${icon(sign)}<span>${t(`messages.folder.${name}`)}</span>${count[name] > 0
            && html`<b>${count[name]}</b>`}</a>`)}
        ${labels.length > 0 && this.#at.folder !== 'letters' && this.#at.folder !== 'drafts'
          && html`<div class="folder-labels" role="group" aria-label="${t('messages.labels')}">
          ${labels.map(({ name }) => html`<button type="button" data-click="labelled" data-label="${name}"
            aria-pressed="${this.#list.wishes.label === name ? 'true' : 'false'}">
            ${icon('tag')}<span>${name}</span></button>`)}</div>`}
      </nav>`
  }

  #tools() {
    const { folder } = this.#at
    if (folder === 'letters' || folder === 'drafts') return null
    return html`
      <form class="filters" role="search" data-key="filters-${folder}" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('messages.search')}" placeholder="${t('messages.search')}" autocomplete="off"
          spellcheck="false"></div>
        ${folder === 'inbox' && html`
          <button type="button" class="button button-small" data-click="unreadOnly"
            aria-pressed="${this.#list.wishes.unread ? 'true' : 'false'}">${t('messages.unreadOnly')}</button>
          ${this.#summary.value?.unread > 0 && html`<button type="button" class="icon-button"
            data-click="readAll" title="${t('messages.readAll')}" aria-label="${t('messages.readAll')}">
            ${icon('check')}</button>`}`}
      </form>`
  }

  #rows() {
    const { folder, id } = this.#at
    const empty = this.#list.query
      ? emptyState({
        icon: 'search', title: t('messages.nothingFound'),
        action: this.#list.wishes.q && html`<button type="button" class="button" data-click="everywhere">
          ${icon('search')}${t('messages.searchAll')}</button>`,
      })
      : emptyState({
        icon: 'mail', title: t('messages.empty'), text: t(`messages.emptyText.${folder}`),
        action: folder === 'inbox' && html`<a class="button" href="/messages/new">
          ${icon('plus')}${t('messages.new')}</a>`,
      })
    return loadable(this.#list, rows => html`${folder === 'letters'
      ? boxLetters(rows, '/messages/letters', id)
      : html`<ul class="mails" aria-label="${t(`messages.folder.${folder}`)}">
        ${rows.map(row => this.#row(row))}</ul>`}${moreButton(this.#list, t('messages.more'))}`, { empty })
  }

  #row({ id, senderName, recipients, subject, content, createdAt, updatedAt, isRead, files, labels = [] }) {
    const { folder } = this.#at
    const isOut = folder === 'sent' || folder === 'drafts'
    const who = isOut ? recipients.map(({ name }) => name).join(', ') || t('messages.nobodyYet') : senderName
    const isNew = !isOut && isRead === false
    return html`
      <li data-key="message-${id}">
        <a class="mail" href="/messages/${folder}/${encodeURIComponent(id)}" ?data-unread=${isNew}
          ${String(id) === this.#at.id && html`aria-current="true"`}>
        <strong>${isNew && html`<i class="dot" data-live></i><span class="visually-hidden">
          ${t('messages.isUnread')}</span>`}${isOut && html`<small>${t('mailbox.to')}</small> `}${who}
            </strong>
        <span>${subject || t('messages.noSubject')}</span>
        <small class="mail-when"><time-ago
          moment="${isOut && updatedAt || createdAt}"></time-ago>${files.length > 0
          && icon('clip')}${isOut && isRead === true && html`<em class="read-mark">
          ${icon('check')}${t('messages.readBy')}</em>`}</small>
        ${labels.length > 0 && html`<small class="labels">${labels.map(label =>
          html`<span class="label">${label}</span>`)}</small>`}
        <small class="mail-begin">${content.slice(0, 120)}</small>
      </a></li>`
  }

  #pane() {
    const { folder, id, composes } = this.#at
    if (composes) return loadable(this.#seed, () => html`<message-composer
      data-key="composer-${composes}"></message-composer>`, { waiting: skeletons('card') })
    if (!id) return this.#list.rows?.length > 0 && html`<p class="quiet mail-none">
      ${t('mailbox.choose')}</p>`
    if (folder !== 'letters') return html`<message-view data-key="view-${id}" message="${id}"
      folder="${folder}"></message-view>`
    return loadable(this.#letter, letter => boxLetter({ ...letter, id }, '/messages/letters'), {
      waiting: skeletons('card'),
      failed: () => emptyState({
        icon: 'mail', title: t('mailbox.notFound'),
        action: html`<a class="button" href="/messages/letters">${icon('back')}${t('messages.title')}</a>`,
      }),
    })
  }

  drawn() {
    const { composes, ...seed } = this.#seed.value ?? {}
    if (composes === this.#at.composes) this.querySelector('message-composer')?.begin(seed)
  }

  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, { value }) { this.#list.filter({ q: value.trim() }, { typing: true }) }
  everywhere() { openSwitcher({ query: this.#list.wishes.q }) }
  unreadOnly() { this.#list.filter({ unread: this.#list.wishes.unread ? '' : '1' }) }

  labelled(_, { dataset: { label } }) {
    this.#list.filter({ label: this.#list.wishes.label === label ? '' : label })
  }

  async readAll() {
    try { await post('/api/messages/read-all') } catch (error) { toast(error.message, 'error') }
    this.again()
  }
}

customElements.define('messages-page', MessagesPage)
route(['/messages', '/messages/:folder', '/messages/:folder/:id'], () =>
  html`<messages-page data-key="messages"></messages-page>`, { access: 'signedIn', title: 'messages.title' })
