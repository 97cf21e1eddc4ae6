import { createStore } from './store.js'

const beatEvery = 20_000
const beatDeadline = 10_000
const openDeadline = 10_000

/** Milliseconds to wait before a reconnection attempt: 0.5 s, doubling up to 15 s, with jitter. */
export const backoff = (attempt, random = Math.random) =>
  Math.min(15_000, 500 * 2 ** Math.min(attempt, 6)) * (0.75 + random() / 2)

/**
 * A WebSocket that reconnects by itself; runs in a tab or in a worker. The state of `connection` is "idle",
 * "connecting", "live" or "waiting"; `receive(type, payload)` is called for each frame.
 */
export class LiveSocket {
  connection = createStore({ state: 'idle', attempts: 0 })
  #url
  #receive
  #socket = null
  #retry = null
  #beat = null
  #deadline = null
  #wanted = false

  constructor(url, receive) {
    this.#url = url
    this.#receive = receive
  }

  open() {
    if (this.#wanted) return
    this.#wanted = true
    this.#connect()
  }

  /** Closes cleanly, so that the server frees the user's workstation at once. */
  close() {
    this.#wanted = false
    clearTimeout(this.#retry)
    this.#socket?.close(1000)
    this.#lost(this.#socket)
    this.connection.set({ state: 'idle', attempts: 0 })
  }

  /** Returns whether the frame was sent. */
  send(type, payload = {}) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify({ type, payload }))
    return true
  }

  /** Makes the next attempt now. */
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
    this.#receive(frame.type, frame.payload ?? {})
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
