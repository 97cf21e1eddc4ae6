import { createStore } from '../store.js'
import { carry } from './carriers.js'

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

/**
 * This tab's access to the live connection that all tabs of the browser share. Each frame is an event of its
 * type with the payload as `detail`. After a reconnection topics are subscribed again and the event
 * "catch-up" is sent, at which what was missed must be fetched. `role`: {first: this tab shows notifications
 * outside the page, looked: a tab is visible, tabs: ids}.
 */
export class Line extends EventTarget {
  id = newId()
  connection = createStore({ state: 'idle', attempts: 0 })
  role = createStore({ first: true, looked: true, tabs: [] })
  #carrier = null
  #person = null
  #topics = new Map()
  #carries

  /** `carries(id, receive)` returns the carrier to the switchboard, see `carry`. */
  constructor(carries = carry) {
    super()
    this.#carries = carries
  }

  /**
   * Where the switchboard is: "worker", "leader" (here), "follower" (in another tab) or "alone" (for this tab
   * only).
   */
  get kind() { return this.#carrier?.kind ?? 'none' }

  /** Opens the connection for a user; `renew`: after a sign-in, which needs a new connection. */
  open(person, { renew = false } = {}) {
    this.#person = String(person)
    this.connection.set({ state: 'connecting', attempts: 0 })
    const known = Boolean(this.#carrier)
    this.#carrier ??= this.#carries(this.id, message => queueMicrotask(() => this.#receive(message)))
    if (known) this.#carrier.resume?.()
    this.#enter(renew)
  }

  /** Leaves the connection when the page goes away; the topics stay for the next `open`. */
  pause() {
    if (this.#person === null) return
    this.#person = null
    this.#carrier?.stop()
    this.connection.set({ state: 'idle', attempts: 0 })
  }

  close() {
    this.#topics.clear()
    this.pause()
  }

  /** Subscribes to a topic; the function returned ends that. Several callers may hold the same topic. */
  subscribe(topic) {
    const holders = this.#topics.get(topic) ?? 0
    this.#topics.set(topic, holders + 1)
    if (!holders) this.#send({ do: 'subscribe', topic })
    return () => {
      const left = (this.#topics.get(topic) ?? 1) - 1
      if (left > 0) return this.#topics.set(topic, left)
      this.#topics.delete(topic)
      this.#send({ do: 'unsubscribe', topic })
    }
  }

  send(type, payload = {}) {
    if (this.connection.get().state === 'live') this.#send({ do: 'send', type, payload })
  }

  /** Reports whether this tab is visible; if it is, a reconnection that waits is attempted at once. */
  seen(seen) {
    this.#send({ do: 'seen', seen })
    if (seen) this.hurry()
  }

  hurry() { this.#send({ do: 'hurry' }) }

  #send(message) { if (this.#person !== null) this.#carrier?.send(message) }

  #enter(renew = false) {
    const seen = document.visibilityState === 'visible'
    this.#send({ do: 'enter', person: this.#person, renew, topics: [...this.#topics.keys()], seen })
  }

  #receive(message) {
    if (this.#person === null) return
    switch (message.event) {
      case 'still-there': return this.#send({ do: 'here' })
      case 'enter': return this.#enter()
      case 'role': return this.role.set({ first: message.first, looked: message.looked, tabs: message.tabs })
      case 'person': return this.dispatchEvent(new Event('other-person'))
      case 'frame': return this.dispatchEvent(new CustomEvent(message.type, { detail: message.payload }))
      case 'connection': return this.#connected(message)
    }
  }

  #connected({ state, attempts }) {
    this.connection.set({ state, attempts })
    if (state === 'live') this.dispatchEvent(new Event('catch-up'))
    if (state === 'waiting') this.dispatchEvent(new CustomEvent('lost', { detail: { attempts } }))
  }
}
