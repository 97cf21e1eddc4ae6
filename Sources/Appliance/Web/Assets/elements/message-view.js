import './time-ago.js'
import { get, patch, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go } from '../lib/router.js'
import { session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { linked } from './box-letter.js'
import { emptyState } from './empty-state.js'
import { fileClips } from './file-clips.js'
import { loadable, skeletons } from './loadable.js'
import { face } from './presence-list.js'

/**
 * One message of the internal mail and the earlier ones of its thread. Attributes: `message`, its id, and
 * `folder`, the list that it was opened from. Showing a message marks it as read.
 */
class MessageView extends ViewElement {
  #isLabelling = false
  #message = new Loader(this, async signal => {
    const message = await get(`/api/messages/item/${this.#path}`, { signal })
    const earlier = await get(`/api/messages/item/${this.#path}/thread?limit=20`, { signal })
    return { ...message, earlier }
  })

  get #path() { return encodeURIComponent(this.getAttribute('message')) }
  get #own() { return String(session.get().user?.id) }
  get #list() { return `/messages/${this.getAttribute('folder')}` }

  connected() {
    this.listen(socket, 'MESSAGES_CHANGED', ({ detail }) => {
      if (detail?.id === this.getAttribute('message')) this.#message.load()
    })
    this.again()
  }

  async again() {
    await this.#message.load()
    const message = this.#message.value
    if (message && !message.isRead && this.#isMine(message)) this.#change({ isRead: true }, null)
  }

  /** Whether the user is a recipient. */
  #isMine({ recipients }) { return recipients.some(({ id }) => id === this.#own) }

  view() {
    return loadable(this.#message, message => this.#page(message), {
      waiting: skeletons('card'),
      failed: ({ status, message }) => emptyState({
        icon: 'mail', title: status === 404 ? t('mailbox.notFound') : message,
        action: html`<a class="button" href="${this.#list}">${icon('back')}${t('messages.title')}</a>`,
      }),
    })
  }

  #page(message) {
    const { subject, senderId, senderName, recipients, createdAt, content, files, labels, earlier } = message
    return html`
      <article class="letter message-letter" aria-labelledby="message-subject">
        <a class="back" href="${this.#list}">${icon('back')}${t('messages.title')}</a>
        <h2 id="message-subject">${subject}</h2>
        ${this.#actions(message)}
        <div class="message-who">${face({ id: senderId, name: senderName })}
          <p><strong>${senderName}</strong><span>
            ${t('mailbox.to')} ${recipients.map(({ name, readAt }, index) =>
            html`${index > 0 && ', '}${name}${readAt && html` <em class="read-mark" title="${exact(readAt)}">
            ${icon('check')}<span class="visually-hidden">${t('messages.readBy')}</span></em>`}`)}</span></p>
          <time-ago moment="${createdAt}"></time-ago></div>
        ${this.#labels(labels)}
        <div class="letter-text">${linked(content)}</div>
        ${fileClips(files)}
        ${earlier.length > 0 && html`<section class="earlier" aria-label="${t('messages.earlier')}">
          <h3>${t('messages.earlier')}</h3>${earlier.map(one => this.#earlier(one))}</section>`}
      </article>`
  }

  #earlier({ id, senderName, createdAt, content, files }) {
    return html`
      <details data-key="earlier-${id}"><summary><strong>${senderName}</strong>
        <time-ago moment="${createdAt}"></time-ago></summary>
        <div class="letter-text">${linked(content)}</div>${fileClips(files)}</details>`
  }

  #actions(message) {
    const { id, folder, recipients, senderId } = message
    const others = new Set([senderId, ...recipients.map(one => one.id)].filter(one => one && one !== this.#own))
    const link = (query, sign, key, extra = '') => html`
      <a class="button button-small ${extra}" href="/messages/new?${query}">${icon(sign)}${t(key)}</a>`
    const button = (action, sign, key) => html`
      <button type="button" class="icon-button" data-click="${action}" title="${t(key)}"
        aria-label="${t(key)}">${icon(sign)}</button>`
    return html`
      <div class="message-actions" role="group" aria-label="${t('messages.actions')}">
        ${link(`reply=${id}`, 'reply', 'messages.reply', 'button-primary')}
        ${others.size > 1 && link(`reply=${id}&all=1`, 'people', 'messages.replyAll')}
        ${link(`forward=${id}`, 'next', 'messages.forward')}
        <span class="message-signs">
          ${this.#isMine(message) && button('unread', 'mail', 'messages.markUnread')}
          ${button('label', 'tag', 'messages.label')}
          ${folder === 'archive' || folder === 'trash' ? button('restore', 'up', 'messages.restore')
            : button('archive', 'archive', 'messages.archive')}
          ${button('discard', 'trash', folder === 'trash' ? 'messages.deleteForGood' : 'do.delete')}</span>
      </div>`
  }

  #labels(labels) {
    if (!labels.length && !this.#isLabelling) return null
    return html`
      <div class="labels" data-key="labels">${labels.map(label => html`
        <span class="label" data-key="label-${label}">${label}<button type="button" data-click="unlabel"
          data-label="${label}"
            aria-label="${t('messages.unlabel', { label })}">${icon('close')}</button></span>`)}
        ${this.#isLabelling && html`<form data-submit="labelled" data-key="label-form">
          <input class="input" name="label" maxlength="50" autocomplete="off" list="message-labels"
            aria-label="${t('messages.newLabel')}" placeholder="${t('messages.newLabel')}"></form>`}</div>`
  }

  async #change(body, said, to, undo = null) {
    try {
      const { earlier } = this.#message.value
      const changed = await patch(`/api/messages/${this.#path}`, body)
      this.#message.set({ ...changed, earlier })
      if (said) toast(said, 'success', { undo })
      if (to) go(to)
    } catch (error) { toast(error.message, 'error') }
  }

  /** The message goes to the archive; the toast offers to put it back. */
  archive() {
    const path = `/api/messages/${this.#path}`
    const { folder } = this.#message.value
    const undo = () => patch(path, { folder })
      .then(() => toast(t('messages.restored'), 'success'), error => toast(error.message, 'error'))
    return this.#change({ folder: 'archive' }, t('messages.archived'), this.#list, undo)
  }

  unread() { return this.#change({ isRead: false }, t('messages.markedUnread'), this.#list) }

  restore() {
    const folder = this.#isMine(this.#message.value) ? 'inbox' : 'sent'
    return this.#change({ folder }, t('messages.restored'), this.#list)
  }

  async discard() {
    if (this.#message.value.folder !== 'trash')
      return this.#change({ folder: 'trash' }, t('messages.trashed'), this.#list)
    const question = { title: t('messages.askDelete'), text: t('messages.askDeleteText'), yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try {
      await remove(`/api/messages/${this.#path}`)
      go(this.#list)
    } catch (error) { toast(error.message, 'error') }
  }

  label() {
    this.#isLabelling = !this.#isLabelling
    this.draw()
    this.querySelector('input[name=label]')?.focus()
  }

  labelled(event, form) {
    event.preventDefault()
    const label = form.elements.label.value.trim()
    this.#isLabelling = false
    if (!label) return this.update()
    const { labels } = this.#message.value
    return this.#change({ labels: [...new Set([...labels, label])] })
  }

  unlabel(_, { dataset: { label } }) {
    return this.#change({ labels: this.#message.value.labels.filter(one => one !== label) })
  }
}

customElements.define('message-view', MessageView)
