const pressTakes = 450

/**
 * Shows the toolbar at the message under the pointer or with the focus; on a touch screen after a long press.
 */
export class MessageMenu {
  #list
  #bar = document.createElement('message-actions')
  #press = null
  #touched = false

  constructor(list) {
    this.#list = list
    list.listen(list, 'pointerover', event => { if (event.pointerType === 'mouse') this.#show(event.target.closest('.message')) })
    list.listen(list, 'pointerleave', event => { if (event.pointerType === 'mouse' && !this.#bar.matches(':focus-within')) this.shut() })
    list.listen(list, 'focusin', ({ target }) => { if (target.matches('.message:focus-visible') || target.closest('.message')?.contains(this.#bar)) this.#show(target.closest('.message')) })
    list.listen(list, 'pointerdown', event => { if (event.pointerType !== 'mouse') this.#begin(event) })
    for (const type of ['pointerup', 'pointercancel', 'pointermove']) list.listen(list, type, event => this.#end(event))
    list.listen(list, 'contextmenu', event => { if (this.#press || this.#bar.hasAttribute('data-sheet')) event.preventDefault() })
    list.listen(document, 'pointerdown', event => { if (this.#bar.hasAttribute('data-sheet') && !this.#bar.contains(event.target)) this.shut() }, { capture: true })
    list.listen(this.#bar, 'done', () => this.shut())
    // The end of the long press that opened the sheet is also a click on it, which is ignored.
    list.listen(this.#bar, 'pointerdown', () => { this.#touched = true })
    list.listen(this.#bar, 'click', event => { if (event.detail && !this.#touched && this.#bar.hasAttribute('data-sheet')) event.stopPropagation() }, { capture: true })
  }

  shut() {
    this.#bar.remove()
    this.#bar.removeAttribute('data-sheet')
  }

  #show(node, sheet = false) {
    const message = node && this.#list.messageAt(node)
    if (!message || message.deletedAt) { if (!this.#bar.matches(':focus-within')) this.shut(); return }
    if (this.#bar.hasAttribute('data-sheet') && !sheet) return
    this.#bar.toggleAttribute('data-sheet', sheet)
    this.#touched = !sheet
    this.#bar.of = () => this.#list.messageAt(node)
    if (this.#bar.parentElement !== node) node.append(this.#bar)
    else this.#bar.update()
  }

  #begin(event) {
    const node = event.target.closest('.message')
    if (!node || event.target.closest('button, a, audio, video, message-actions')) return
    const timer = setTimeout(() => { this.#press = null; this.#show(node, true); }, pressTakes)
    this.#press = { timer, x: event.clientX, y: event.clientY }
  }

  #end(event) {
    if (!this.#press) return
    const { timer, x, y } = this.#press
    if (event.type === 'pointermove' && Math.hypot(event.clientX - x, event.clientY - y) < 10) return
    clearTimeout(timer)
    this.#press = null
  }
}
