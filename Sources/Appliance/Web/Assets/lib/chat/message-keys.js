import { addReaction, answer, change, erase, rightsOver } from './message-actions.js'

/** What Tab reaches in a message, apart from its toolbar. */
const reachable = '> .row-inside :is(a[href], button, audio, video)'

/**
 * The keys of a message list: they move the focus, and act on the focused message. One message is in the tab
 * order.
 */
export class MessageKeys {
  #list
  #nodes
  #current = null

  constructor(list, nodes) {
    this.#list = list
    this.#nodes = nodes
    list.listen(list, 'focusin', ({ target }) => this.#stop(target.closest('.message')))
    list.listen(list, 'keydown', event => this.#pressed(event))
  }

  /**
   * To be called after the rows have changed: when the message in the tab order is gone, the last one takes
   * its place.
   */
  settle() {
    if (!this.#current?.isConnected) this.#stop(this.#nodes.messages.at(-1))
    // Tab reaches the controls of that message only, so that the composer is a few steps away in a long
    // thread too.
    for (const one of this.#list.querySelectorAll(`.message:not([tabindex="0"]) ${reachable}:not([tabindex])`)) one.tabIndex = -1
  }

  /** Puts that message into the tab order. */
  #stop(node) {
    if (!node || node === this.#current) return
    if (this.#current) this.#current.tabIndex = -1
    for (const one of this.#current?.querySelectorAll(`:scope ${reachable}`) ?? []) one.tabIndex = -1
    this.#current = node
    node.tabIndex = 0
    for (const one of node.querySelectorAll(`:scope ${reachable}`)) one.removeAttribute('tabindex')
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.target.closest('audio, video, input, textarea')) return
    const node = event.target.closest('.message')
    const action = this.#actions(node)[event.key]
    if (!action) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }

  #actions(node) {
    const messages = this.#nodes.messages
    const go = index => this.#focus(messages[Math.max(0, Math.min(messages.length - 1, index))])
    const here = messages.indexOf(node)
    const message = this.#list.messageAt(node)
    const may = message ? rightsOver(message) : {}
    return {
      ArrowUp: () => go(here < 0 ? messages.length - 1 : here - 1),
      ArrowDown: () => here === messages.length - 1 ? this.#leave() : go(here + 1),
      Home: () => go(0),
      End: () => go(messages.length - 1),
      Escape: () => this.#leave(),
      ...(may.reply && { r: () => answer(message) }),
      ...(may.edit && { e: () => change(message) }),
      ...(may.remove && { Delete: () => erase(message) }),
      ...(may.react && { '+': () => addReaction(message, node) }),
    }
  }

  #focus(node) {
    if (!node) return
    node.focus({ preventScroll: true })
    this.#list.scrolling.reveal(node)
  }

  #leave() { (document.querySelector('#composer-text') ?? document.querySelector('#content'))?.focus() }
}
