import { createStore } from '../store.js'
import { carry } from './carriers.js'

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

/**
 * This tab's share of the one live connection that all tabs of the browser have. Topics are asked for again after each
 * reconnection, then "catch-up" is told, so that watchers fetch what they missed; frames are events of their type.
 * `role`: {first: this tab tells outside the page, looked: one of the tabs is in sight, tabs: their ids}.
 */
export class Line extends EventTarget {
  id = newId()
  connection = createStore({ state: 'idle', attempts: 0 })
  role = createStore({ first: true, looked: true, tabs: [] })
  #carrier = null
  #person = null
  #topics = new Map()
  #carries

  /** `carries(id, told)` gives the way to the switchboard. */
  constructor(carries = carry) {
    super()
    this.#carries = carries
  }

  /** How the switchboard is reached: "worker", "leader", "follower" or "alone". */
  get kind() { return this.#carrier?.kind ?? 'none' }

  /** Wants the connection for that person; `renew`: they have just signed in, and it must be a new one. */
  open(person, { renew = false } = {}) {
    this.#person = String(person)
    this.connection.set({ state: 'connecting', attempts: 0 })
    const known = Boolean(this.#carrier)
    this.#carrier ??= this.#carries(this.id, message => queueMicrotask(() => this.#told(message)))
    if (known) this.#carrier.resume?.()
    this.#enter(renew)
  }

  /** Lets go of the connection, as this tab goes away; the topics stay for the next `open`. */
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

  /** Asks for a topic; the function returned lets go of it. Several may hold the same one. */
  subscribe(topic) {
    const holders = this.#topics.get(topic) ?? 0
    this.#topics.set(topic, holders + 1)
    if (!holders) this.#say({ do: 'subscribe', topic })
    return () => {
      const left = (this.#topics.get(topic) ?? 1) - 1
      if (left > 0) return this.#topics.set(topic, left)
      this.#topics.delete(topic)
      this.#say({ do: 'unsubscribe', topic })
    }
  }

  send(type, payload = {}) {
    if (this.connection.get().state === 'live') this.#say({ do: 'send', type, payload })
  }

  /** Whether this tab is in sight, and that one waits no longer for the next attempt if it is. */
  seen(seen) {
    this.#say({ do: 'seen', seen })
    if (seen) this.hurry()
  }

  hurry() { this.#say({ do: 'hurry' }) }

  #say(message) { if (this.#person !== null) this.#carrier?.say(message) }

  #enter(renew = false) {
    const seen = document.visibilityState === 'visible'
    this.#say({ do: 'enter', person: this.#person, renew, topics: [...this.#topics.keys()], seen })
  }

  #told(message) {
    if (this.#person === null) return
    switch (message.tell) {
      case 'still-there': return this.#say({ do: 'here' })
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
