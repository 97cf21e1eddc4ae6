import { render } from './morph.js'
import { restoreDrafts } from './drafts.js'
import { preferences } from './i18n.js'

const delegated = ['click', 'submit', 'input', 'change', 'close', 'cancel']

/**
 * The base of all elements. `view()` returns the markup of the light DOM, which is rendered at most once per
 * microtask. `data-click="method"`, `data-submit="method"` and the like call a method of the element with
 * (event, node). Listeners, subscriptions and timers made with `listen`, `watch` and `every` end when the
 * element is removed. Hooks: `connected()`, `disconnected()`, `drawn()`.
 */
export class ViewElement extends HTMLElement {
  #scope = null
  #waiting = false

  connectedCallback() {
    this.#scope = new AbortController()
    this.watch(preferences)
    for (const type of delegated)
      this.listen(this, type, event => this.#dispatch(type, event), { capture: type === 'close' || type === 'cancel' })
    this.connected?.()
    this.draw()
  }

  disconnectedCallback() {
    this.#scope?.abort()
    this.#scope = null
    this.disconnected?.()
  }

  attributeChangedCallback() { this.update() }

  /** Aborted when the element is removed: for fetches and listeners. */
  get signal() { return this.#scope?.signal }

  listen(target, type, listener, options = {}) {
    target.addEventListener(type, listener, { ...options, signal: this.signal })
  }

  watch(store, changed = () => this.update()) {
    this.signal.addEventListener('abort', store.subscribe(changed))
  }

  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds)
    this.signal.addEventListener('abort', () => clearInterval(timer))
  }

  update() {
    if (this.#waiting || !this.#scope) return
    this.#waiting = true
    queueMicrotask(() => {
      this.#waiting = false
      if (this.#scope) this.draw()
    })
  }

  draw() {
    const markup = this.view?.()
    if (markup) {
      render(this, markup)
      restoreDrafts(this)
    }
    this.drawn?.()
  }

  #dispatch(type, event) {
    for (let node = event.target; node && node !== this; node = node.parentElement) {
      const method = node.dataset?.[type]
      if (method && ownerOf(node) === this) return this[method](event, node)
    }
  }
}

function ownerOf(node) {
  let parent = node.parentElement
  while (parent && !(parent instanceof ViewElement)) parent = parent.parentElement
  return parent
}
