import { createStore } from './store.js'

const beatEvery = 20_000
const beatDeadline = 10_000
const openDeadline = 10_000

/** Milliseconds to wait before the attempt of that number: 0.5 s doubling to 15 s, with jitter. */
export const backoff = (attempt, random = Math.random) =>
  Math.min(15_000, 500 * 2 ** Math.min(attempt, 6)) * (0.75 + random() / 2)

/**
 * The live connection. `state` is "idle", "connecting", "live" or "waiting". Topics are asked for
 * again after each reconnection, then "catch-up" is told, so that watchers fetch what they missed.
 */
export class LiveSocket extends EventTarget {
  connection = createStore({ state: 'idle', attempts: 0 })
  #url
  #socket = null
  #topics = new Map()
  #retry = null
  #beat = null
  #deadline = null
  #wanted = false

  constructor(url) {
    super()
    this.#url = url
    const hurry = () => { if (document.visibilityState === 'visible') this.#hurry() }
    addEventListener('online', hurry)
    document.addEventListener('visibilitychange', hurry)
  }

  open() {
    if (this.#wanted) return
    this.#wanted = true
    this.#connect()
  }

  /** Closes cleanly, so that the server frees the person at once; the topics stay for the next `open`. */
  pause() {
    this.#wanted = false
    clearTimeout(this.#retry)
    this.#socket?.close(1000)
    this.#lost(this.#socket)
    this.connection.set({ state: 'idle', attempts: 0 })
  }

  close() {
    this.#topics.clear()
    this.pause()
  }

  /** Asks for a topic; the function returned lets go of it. Several may hold the same one. */
  subscribe(topic) {
    const holders = this.#topics.get(topic) ?? 0
    this.#topics.set(topic, holders + 1)
    if (!holders) this.send('SUBSCRIBE', { topic })
    return () => {
      const left = (this.#topics.get(topic) ?? 1) - 1
      if (left > 0) return this.#topics.set(topic, left)
      this.#topics.delete(topic)
      this.send('UNSUBSCRIBE', { topic })
    }
  }

  send(type, payload = {}) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type, payload }))
  }

  #connect() {
    const socket = new WebSocket(this.#url)
    this.#socket = socket
    this.connection.set({ state: 'connecting' })
    socket.onopen = () => this.#opened(socket)
    socket.onmessage = event => this.#received(event.data)
    socket.onclose = () => this.#lost(socket)
    this.#deadline = setTimeout(() => { socket.close(); this.#lost(socket) }, openDeadline)
  }

  #opened(socket) {
    if (socket !== this.#socket) return socket.close()
    clearTimeout(this.#deadline)
    this.connection.set({ state: 'live', attempts: 0 })
    for (const topic of this.#topics.keys()) this.send('SUBSCRIBE', { topic })
    this.#beat = setInterval(() => this.#heartbeat(socket), beatEvery)
    this.dispatchEvent(new Event('catch-up'))
  }

  #heartbeat(socket) {
    this.send('HEARTBEAT')
    clearTimeout(this.#deadline)
    this.#deadline = setTimeout(() => { socket.close(); this.#lost(socket) }, beatDeadline)
  }

  #received(text) {
    clearTimeout(this.#deadline)
    let message
    try { message = JSON.parse(text) } catch { return }
    this.dispatchEvent(new CustomEvent(message.type, { detail: message.payload ?? {} }))
  }

  #lost(socket) {
    if (!socket || socket !== this.#socket) return
    this.#socket = null
    clearInterval(this.#beat)
    clearTimeout(this.#deadline)
    if (!this.#wanted) return
    const { attempts } = this.connection.get()
    this.connection.set({ state: 'waiting', attempts: attempts + 1 })
    this.#retry = setTimeout(() => this.#connect(), backoff(attempts))
    this.dispatchEvent(new CustomEvent('lost', { detail: { attempts: attempts + 1 } }))
  }

  #hurry() {
    if (!this.#wanted || this.#socket) return
    clearTimeout(this.#retry)
    this.#connect()
  }
}
