import './message-list.js'
import './typing-line.js'
import { ViewElement } from '../lib/element.js'
import { again, channelOf, channelTitle, chat, forgetUnread, jumpToUnread, threadOf, toNewest } from '../lib/chat/store.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { emptyState } from './empty-state.js'
import { failure, loadable } from './loadable.js'

/** The messages of a channel, with buttons to the first unread one and to the end, and with who types. */
class ChatThread extends ViewElement {
  static observedAttributes = ['data-channel']
  #stop = () => {}
  #channel = null
  #seenLine = false
  #readUpTo = null
  #frame = 0

  connected() {
    this.watch(chat)
    this.listen(this, 'moved', () => this.#soon(), { capture: true })
    this.#enter()
  }

  disconnected() {
    this.#stop()
    this.#channel = null
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  attributeChangedCallback() { if (this.signal) this.#enter() }

  #enter() {
    const { channel } = this.dataset
    if (channel === this.#channel) return
    this.#stop()
    this.#channel = channel
    this.#seenLine = false
    this.#stop = threadOf(channel).subscribe(() => this.#soon())
    this.update()
  }

  #soon() { this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.update() }) }

  get #list() { return this.querySelector('message-list') }

  view() {
    const state = threadOf(this.dataset.channel).get()
    const empty = state.loaded && !state.messages.length && !state.pending.length
    return html`
      <message-list data-key="list" data-channel="${this.dataset.channel}" role="log" tabindex="-1"
        aria-live="off" aria-label="${t('chat.messages')}"
        aria-busy="${state.loading ? 'true' : 'false'}"></message-list>
      ${this.#above(state)}
      ${empty && this.#empty()}
      ${!state.loaded && this.#beginning(state)}
      ${state.loaded && this.#below(state)}
      <typing-line data-key="typing" data-channel="${this.dataset.channel}"></typing-line>`
  }

  #above(state) {
    if (!state.loaded) return null
    if (state.error) return html`<div class="thread-over thread-top" data-key="top-error">
      <p class="pill pill-bad" role="alert">
        ${icon('warning')}${state.error.message} <button type="button" class="link" data-click="again">
          ${t('action.retry')}</button></p></div>`
    if (state.loading === 'older' || state.loading === 'around') return html`<div
      class="thread-over thread-top" data-key="top-busy">
      <span class="pill pill-busy" role="status"><span
        class="visually-hidden">${t('app.loading')}</span></span></div>`
    if (!this.#unreadAbove(state)) return null
    return html`
      <div class="thread-over thread-top" data-key="top-unread"><span class="pill pill-call">
        <button type="button" data-click="toUnread">
          ${icon('up')}${t('chat.unreadAbove', { count: state.unreadCount,
            shown: state.unreadCount >= 100 ? '100+' : state.unreadCount })}</button>
        <button type="button" class="pill-shut" data-click="noUnread" aria-label="${t('chat.dismiss')}">
          ${icon('close')}</button></span></div>`
  }

  /** Whether the first unread message is above the visible part and was not shown yet. */
  #unreadAbove({ readUpTo, unreadFrom, unreadCount }) {
    if (readUpTo !== this.#readUpTo) {
      this.#readUpTo = readUpTo
      this.#seenLine = false
    }
    if (readUpTo === null || this.#seenLine || !unreadCount) return false
    if (!unreadFrom) return true
    const line = this.#list?.line
    if (!line) return false
    const above = line.getBoundingClientRect().bottom < this.getBoundingClientRect().top
    if (!above) this.#seenLine = true
    return above
  }

  #below({ following, fresh, newer }) {
    if (following && !newer) return null
    const far = newer || (this.#list?.scrolling.toEnd ?? 0) > 300
    if (!fresh && !far) return null
    return html`
      <div class="thread-over thread-bottom" data-key="bottom">
        <button type="button" class="pill ${fresh ? 'pill-call' : 'pill-round'}" data-click="toEnd"
          ${!fresh && html`aria-label="${t('chat.toEnd')}" title="${t('chat.toEnd')}"`}>
        ${fresh > 0 && t('chat.fresh', { count: fresh })}${icon('down')}</button></div>`
  }

  #empty() {
    const channel = channelOf(this.dataset.channel)
    if (!channel) return null
    const direct = channel.type === 'direct'
    const name = channelTitle(channel)
    const text = channel.archived ? 'chat.emptyArchived' : direct ? 'chat.emptyDirectText' : 'chat.emptyText'
    const shown = channel.type === 'public' ? `#${name}` : name
    return html`<div class="thread-empty" data-key="empty">${emptyState({
      icon: 'chat', title: t(direct ? 'chat.emptyDirect' : 'chat.empty', { name: shown }), text: t(text,
        { name }),
    })}</div>`
  }

  #beginning({ error }) {
    return loadable({ value: null, error }, null, {
      waiting: html`<div class="thread-loading" data-key="loading" aria-busy="true">
        ${[1, 2, 3, 4, 5].map(() => html`
        <span class="skeleton"></span>`)}</div>`,
      failed: () => html`<div class="thread-empty" data-key="away">${isAway(error) ? emptyState({
        icon: 'chat', title: t('chat.notFound'), text: t('chat.notFoundText'),
        action: html`<a class="button" href="/chat">${icon('back')}${t('chat.title')}</a>`,
      }) : failure(error)}</div>`,
    })
  }

  again() { again(this.dataset.channel) }
  toUnread() { this.#seenLine = true; jumpToUnread(this.dataset.channel) }
  noUnread() { forgetUnread(this.dataset.channel) }

  async toEnd() {
    await toNewest(this.dataset.channel)
    this.#list?.soon()
    document.querySelector('#composer-text')?.focus({ preventScroll: true })
  }
}

/** Whether there is no such channel for the user. */
const isAway = ({ status }) => status === 404 || status === 403

customElements.define('chat-thread', ChatThread)
