import { post } from '../lib/api.js'
import { consoleURL, endOf } from '../lib/console.js'
import { ViewElement } from '../lib/element.js'
import { t } from '../lib/i18n.js'
import { backoff } from '../lib/socket.js'

/**
 * The base of a machine's screen and serial line: gets a ticket, opens the socket, and comes back after a lost
 * connection. Its page hears of each change by `console-state` with {state, text}: "connecting", "open", "waiting"
 * (comes back by itself) or "closed". A subclass has `kind`, `prepare()`, `show(socket)` and `hide()`.
 */
export class ConsoleView extends ViewElement {
  #socket = null
  #retry = null
  #attempts = 0

  connected() { this.reopen() }
  disconnected() { this.#leave() }

  get isWatching() { return this.hasAttribute('watching') }

  /** Opens the console anew. */
  async reopen() {
    this.#leave()
    this.tell('connecting')
    const { signal } = this
    try {
      await this.prepare().catch(() => { throw new Error(t('console.end.LOST')) })
      const path = `/api/vms/${encodeURIComponent(this.getAttribute('machine'))}/console`
      const { ticket } = await post(path, { kind: this.kind, viewOnly: this.isWatching }, { signal })
      if (!signal.aborted) this.#open(new WebSocket(consoleURL(ticket)))
    } catch (error) {
      if (error.name === 'AbortError' || signal.aborted) return
      if (error.status === 0) return this.#wait(error.message)
      this.tell('closed', error.message)
    }
  }

  #open(socket) {
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    socket.addEventListener('close', ({ code, reason }) => this.#closed(socket, code, reason))
    this.show(socket)
  }

  #closed(socket, code, reason) {
    if (socket !== this.#socket) return
    this.#leave()
    const { key, again } = endOf(code, reason)
    if (again) this.#wait(t(key))
    else this.tell('closed', t(key))
  }

  #wait(text) {
    this.#retry = setTimeout(() => this.reopen(), backoff(this.#attempts))
    this.#attempts += 1
    this.tell('waiting', text)
  }

  #leave() {
    clearTimeout(this.#retry)
    const socket = this.#socket
    this.#socket = null
    this.hide()
    socket?.close()
  }

  tell(state, text = '') {
    if (state === 'open') this.#attempts = 0
    this.dispatchEvent(new CustomEvent('console-state', { bubbles: true, detail: { state, text } }))
  }
}
