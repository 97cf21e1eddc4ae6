import { addReaction, answer, change, erase, rightsOver } from './message-actions.js'

/** What Tab reaches in a message, beside the bar of deeds. */
const reachable = '> .row-inside :is(a[href], button, audio, video)'

/** Moves through a list of messages by keys, with one of them in the order of Tab; and acts on the one that has the focus. */
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

  /** After the rows have changed: when there is no such message any more, the last one is it. */
  settle() {
    if (!this.#current?.isConnected) this.#stop(this.#nodes.messages.at(-1))
    // Only what is in that one is reached by Tab: the way to the composer is short however much stands above it.
    for (const one of this.#list.querySelectorAll(`.message:not([tabindex="0"]) ${reachable}:not([tabindex])`)) one.tabIndex = -1
  }

  /** That message is where Tab comes in from now on. */
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
    const act = this.#acts(node)[event.key]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  #acts(node) {
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
