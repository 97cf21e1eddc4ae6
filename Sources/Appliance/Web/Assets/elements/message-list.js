import './emoji-picker.js'
import './message-actions.js'
import { ViewElement } from '../lib/element.js'
import { channelOf, chat, discard, jumpTo, markRead, newer, older, retry, threadOf } from '../lib/chat/store.js'
import { before } from '../lib/chat/ids.js'
import { rowsOf } from '../lib/chat/rows.js'
import { RowNodes } from '../lib/chat/row-nodes.js'
import { Scrolling } from '../lib/chat/scrolling.js'
import { preferences } from '../lib/i18n.js'
import { isHere, presence } from '../lib/presence.js'
import { session } from '../lib/session.js'
import { addReaction, copyCode, toggleReaction } from '../lib/chat/message-actions.js'
import { MessageKeys } from '../lib/chat/message-keys.js'
import { MessageMenu } from '../lib/chat/message-menu.js'
import { rowMarkup } from './chat-message.js'
import { showPicture } from './picture-viewer.js'

/** The distance in pixels from an end of the loaded part at which the next page is fetched. */
const ahead = 900

/**
 * The scrolling list of the messages of `data-channel`. Rows are rendered one by one, at most once per frame.
 * The list follows the end if it is there, and otherwise keeps its position.
 */
class MessageList extends ViewElement {
  static observedAttributes = ['data-channel']
  #channel = null
  #stop = () => {}
  #frame = 0
  #nodes = null
  #shown = { opened: false, target: null, language: null, day: null, last: '0' }
  #menu = null
  #keys = null
  scrolling = new Scrolling(this)

  connected() {
    if (!this.firstElementChild) this.append(Object.assign(document.createElement('div'), { className: 'messages' }))
    this.#nodes ??= new RowNodes(this.firstElementChild, rowMarkup)
    this.watch(chat, () => { if (this.#channel) this.#look() })
    this.watch(presence, () => this.#dots())
    this.watch(session, () => this.soon())
    this.listen(this, 'scroll', () => this.#scrolled(), { passive: true })
    this.listen(document, 'visibilitychange', () => this.#look())
    this.every(60_000, () => this.soon())
    const resized = new ResizeObserver(() => this.#resized())
    for (const box of [this, this.firstElementChild]) resized.observe(box)
    this.signal.addEventListener('abort', () => resized.disconnect())
    this.#keys = new MessageKeys(this, this.#nodes)
    this.#menu = new MessageMenu(this, this.#nodes)
    this.#enter()
  }

  disconnected() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#stop()
    this.#channel = null
  }

  attributeChangedCallback() { if (this.signal) this.#enter() }

  /** Rows are rendered by `#show`; this is called when the language has changed. */
  draw() { this.soon() }

  get thread() { return threadOf(this.#channel) }
  get following() { return this.thread.get().following }

  #enter() {
    const channel = this.dataset.channel || null
    if (channel === this.#channel) return
    this.#stop()
    this.#channel = channel
    this.#nodes.clear()
    this.#menu.shut()
    this.#shown = { ...this.#shown, opened: false, target: null, last: '0' }
    this.#stop = this.thread.subscribe(() => this.soon())
    this.soon()
  }

  /** Renders in the next frame, so that many messages are one change. */
  soon() { this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; if (this.signal && this.#channel) this.#show() }) }

  #show() {
    const state = this.thread.get()
    if (!state.loaded && !state.pending.length) return this.#nodes.clear()
    const { user } = session.get()
    const { language } = preferences.get()
    const day = new Date().toDateString()
    const anew = language !== this.#shown.language || day !== this.#shown.day
    const anchor = state.following ? null : this.scrolling.anchor(this.#nodes.all)
    const channel = channelOf(this.#channel)
    this.#nodes.show(rowsOf(state, { own: String(user?.id), other: channel?.type === 'direct' ? channel.with?.id : null }), { user, anew })
    Object.assign(this.#shown, { language, day, last: state.messages.at(-1)?.id ?? '0' })
    this.#keys.settle()
    if (state.loaded && !this.#shown.opened) this.#open(state)
    else if (state.following) this.scrolling.goToEnd()
    else this.scrolling.restore(anchor)
    if (state.target && state.target.at !== this.#shown.target) this.#aim(state.target)
    this.#look()
  }

  /**
   * Positions a channel that was opened: at its end, or at the first unread message if that is further up.
   */
  #open({ unreadFrom, target }) {
    this.#shown.opened = true
    this.scrolling.goToEnd()
    const line = unreadFrom && !target && this.#nodes.of('new')
    if (line && line.getBoundingClientRect().top < this.getBoundingClientRect().top + 8) this.scrolling.show(line, 48)
    this.#follow()
  }

  /** Scrolls to the target message and highlights it for a moment. */
  #aim({ id, at }) {
    const node = this.#nodes.of(`m-${id}`)
    if (!node) return
    this.#shown.target = at
    this.scrolling.show(node)
    this.#follow()
    node.classList.remove('aimed')
    void node.offsetWidth
    node.classList.add('aimed')
    node.focus({ preventScroll: true })
  }

  #follow() {
    const state = this.thread.get()
    const following = this.scrolling.isAtEnd && !state.newer
    if (following === state.following && !(following && state.fresh)) return
    this.thread.set({ following, fresh: following ? 0 : this.#undrawn(state) })
  }

  /** How many messages of others are not rendered yet: when the end is left now, they have not been seen. */
  #undrawn({ messages }) {
    const own = String(session.get().user?.id)
    return messages.filter(({ id, authorId }) => before(this.#shown.last, id) && authorId !== own).length
  }

  #scrolled() {
    if (!this.#shown.opened || !this.#channel) return
    this.#follow()
    this.#look()
    this.dispatchEvent(new CustomEvent('moved'))
  }

  #resized() {
    if (this.#shown.opened && this.#channel && this.following) this.scrolling.goToEnd()
  }

  /** Fetches the next page near an end, and marks the channel as read at its end. */
  #look() {
    const state = this.thread.get()
    if (!state.loaded || state.loading || !this.#shown.opened || !this.clientHeight) return
    if (!state.error && state.more && this.scrolling.toStart < ahead) older(this.#channel)
    else if (!state.error && state.newer && this.scrolling.toEnd < ahead) newer(this.#channel)
    if (state.following && document.visibilityState === 'visible') markRead(this.#channel)
  }

  #dots() {
    for (const dot of this.querySelectorAll('.dot[data-person]')) dot.toggleAttribute('data-live', isHere(dot.dataset.person))
  }

  messageAt(node) {
    const row = this.#nodes.rowOf(node?.closest('.message'))
    return row?.kind === 'message' ? row.message : null
  }

  /** The element of the message of that id, if it is drawn. */
  nodeOf(id) { return this.#nodes.of(`m-${id}`) }
  get line() { return this.#nodes.of('new') }

  jump(_, button) { jumpTo(this.#channel, button.dataset.id) }
  toggle(_, button) { toggleReaction(this.messageAt(button), button.dataset.emoji) }
  addReaction(_, button) { addReaction(this.messageAt(button), button) }
  retry(_, button) { retry(button.dataset.id) }
  copyCode(_, button) { copyCode(button) }

  discard(_, button) {
    discard(button.dataset.id)
    document.querySelector('#composer-text')?.focus()
  }

  enlarge(_, button) { showPicture(this.#channel, button.dataset.file) }
}

customElements.define('message-list', MessageList)
