import { loadScript } from '../lib/scripts.js'
import { ConsoleView } from './console-view.js'

const columns = 80
const rows = 24
/** The width of a character of a monospaced font, per its size. */
const ratio = 0.605

/** The serial line of a machine, by xterm.js. A serial line has no size of its own: guests assume 80 × 24. */
class MachineLine extends ConsoleView {
  kind = 'serial'
  #terminal = null
  #socket = null

  prepare() {
    return Promise.all([loadScript('/vendor/xterm/xterm.css'), loadScript('/vendor/xterm/xterm.js')])
  }

  connected() {
    super.connected()
    this.listen(window, 'resize', () => this.#terminal?.setOption('fontSize', this.#size()))
  }

  show(socket) {
    const target = document.createElement('div')
    target.className = 'console-terminal'
    this.replaceChildren(target)
    const terminal = new globalThis.Terminal({
      cols: columns, rows, scrollback: 5000, cursorBlink: true, screenReaderMode: true,
      fontFamily: getComputedStyle(this).fontFamily, fontSize: this.#size(), disableStdin: this.isWatching,
    })
    this.#terminal = terminal
    this.#socket = socket
    terminal.open(target)
    terminal.on('data', text => this.#send(text))
    const decoder = new TextDecoder()
    socket.addEventListener('message', ({ data }) => terminal.write(decoder.decode(data, { stream: true })))
    socket.addEventListener('open', () => {
      this.tell('open')
      if (!this.isWatching) terminal.focus()
    })
  }

  hide() {
    this.#terminal?.destroy()
    this.#terminal = null
    this.#socket = null
    this.replaceChildren()
  }

  #size() { return Math.max(6, Math.min(16, Math.floor((this.clientWidth - 24) / columns / ratio * 2) / 2)) }

  #send(text) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(new TextEncoder().encode(text))
  }

  focusConsole() { this.#terminal?.focus() }

  /** Sends a text as if it was typed. */
  async typeText(text) {
    this.#send(text.replace(/\r?\n/g, '\r'))
    return []
  }
}

customElements.define('machine-line', MachineLine)
