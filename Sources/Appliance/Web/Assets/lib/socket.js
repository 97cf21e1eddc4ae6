import { createStore } from './store.js'

const beatEvery = 20_000
const beatDeadline = 10_000
const openDeadline = 10_000

/** Milliseconds to wait before the attempt of that number: 0.5 s doubling to 15 s, with jitter. */
export const backoff = (attempt, random = Math.random) =>
  Math.min(15_000, 500 * 2 ** Math.min(attempt, 6)) * (0.75 + random() / 2)

/**
 * One WebSocket that comes back by itself; runs in a tab and in a worker. `connection` is "idle", "connecting", "live"
 * or "waiting"; `heard(type, payload)` is told of each frame.
 */
export class LiveSocket {
  connection = createStore({ state: 'idle', attempts: 0 })
  #url
  #heard
  #socket = null
  #retry = null
  #beat = null
  #deadline = null
  #wanted = false

  constructor(url, heard) {
    this.#url = url
    this.#heard = heard
  }

  open() {
    if (this.#wanted) return
    this.#wanted = true
    this.#connect()
  }

  /** Closes cleanly, so that the server frees the person at once. */
  close() {
    this.#wanted = false
    clearTimeout(this.#retry)
    this.#socket?.close(1000)
    this.#lost(this.#socket)
    this.connection.set({ state: 'idle', attempts: 0 })
  }

  /** Tells whether it left. */
  send(type, payload = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify({ type, payload }))
    return true
  }

  /** Waits no longer for the next attempt. */
  hurry() {
    if (!this.#wanted || this.#socket) return
    clearTimeout(this.#retry)
    this.#connect()
  }

  #connect() {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    this.connection.set({ state: 'connecting' })
    socket.onopen = () => this.#opened(socket)
    socket.onmessage = event => this.#received(socket, event.data)
    socket.onclose = () => this.#lost(socket)
    this.#deadline = setTimeout(() => { socket.close(); this.#lost(socket) }, openDeadline)
  }

  #opened(socket) {
    if (socket !== this.#socket) return socket.close()
    clearTimeout(this.#deadline)
    this.#beat = setInterval(() => this.#heartbeat(socket), beatEvery)
    this.connection.set({ state: 'live', attempts: 0 })
  }

  #heartbeat(socket) {
    this.send('HEARTBEAT')
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => { socket.close(); this.#lost(socket) }, beatDeadline)
  }

  #received(socket, text) {
    if (socket !== this.#socket) return
    clearTimeout(this.#deadline)
    let frame
    try { frame = JSON.parse(text) } catch { return }
    this.#heard(frame.type, frame.payload ?? {})
  }

  #lost(socket) {
    if (!socket || socket !== this.#socket) return
    this.#socket = null
    clearInterval(this.#beat)
    clearTimeout(this.#deadline)
    if (!this.#wanted) return
    const { attempts } = this.connection.get()
    this.#retry = setTimeout(() => this.#connect(), backoff(attempts))
    this.connection.set({ state: 'waiting', attempts: attempts + 1 })
  }
}
