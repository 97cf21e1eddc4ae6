import { ChannelJoins } from './channel-joins.js'

/** The frame type of topics whose last frame is sent to later subscribers first. */
const states = { presence: 'PRESENCE', vms: 'VM_STATS', system: 'SYSTEM_STATS' }
/** How many unanswered ticks make a tab count as gone. */
const mostSilence = 2

/**
 * The live connection that all tabs of a browser share. It runs in a shared worker, or in one of the tabs. A
 * tab sends {do: "enter", person, renew, topics, seen}, "leave", "subscribe", "unsubscribe", "send", "seen",
 * "hurry", "ping" or "here"; it receives {event: "connection", state, attempts}, "frame", "role", "person",
 * "still-there" or "enter".
 */
export class Switchboard {
  #tabs = new Map()
  #socket
  #person = null
  /** Tabs that wait for the SUBSCRIBED of a topic, by topic; an empty set: the topic is confirmed. */
  #topics = new Map()
  #known = new Map()
  #role = ''
  #joins = new ChannelJoins({
    ask: payload => this.#socket.send('JOIN_CHANNEL', payload),
    deliver: (id, type, payload) => this.#tabs.get(id)?.reply({ event: 'frame', type, payload }),
  })

  /** `makeSocket(receive)` returns the connection, a `LiveSocket` that calls `receive(type, payload)`. */
  constructor(makeSocket) {
    this.#socket = makeSocket((type, payload) => this.#received(type, payload))
    this.#socket.connection.subscribe(connection => this.#changed(connection))
  }

  /** Handles the message of a tab; `reply(message)` sends to it, also later. */
  receive(id, message, reply) {
    const tab = this.#tabs.get(id)
    if (message.do === 'enter') return this.#enter(id, message, reply)
    if (message.do === 'leave') return this.#leave(id)
    // A tab that counts as gone, or that another switchboard served: it is asked to enter again.
    if (!tab) return reply({ event: 'enter' })
    tab.silence = 0
    switch (message.do) {
      case 'subscribe': return this.#subscribe(id, tab, message.topic)
      case 'unsubscribe': return this.#unsubscribe(tab, message.topic)
      case 'seen':
        Object.assign(tab, { seen: message.seen, at: message.seen ? this.#next() : tab.at })
        return this.#publishRoles()
      case 'ping': return tab.reply({ event: 'still-there' })
      case 'hurry': return this.#socket.hurry()
      case 'send':
        if (message.type === 'JOIN_CHANNEL') return this.#joins.join(id, message.payload)
        this.#socket.send(message.type, message.payload)
    }
  }

  /**
   * To be called every few seconds: a tab that does not answer (crashed or frozen) loses its topics and
   * channels.
   */
  tick() {
    for (const [id, tab] of [...this.#tabs]) {
      tab.silence += 1
      if (tab.silence > mostSilence) this.#leave(id)
      else tab.reply({ event: 'still-there' })
    }
  }

  close() {
    this.#tabs.clear()
    this.#socket.close()
  }

  #turn = 0
  #next() { return this.#turn += 1 }

  #enter(id, { person, renew, topics, seen }, reply) {
    this.#forget(id)
    this.#tabs.set(id, { reply, person, topics: new Set(topics), seen, silence: 0, at: this.#next() })
    if (person !== this.#person || renew) {
      this.#person = person
      this.#socket.close()
      for (const other of this.#tabs.values()) if (other.person !== person) other.reply({ event: 'person' })
    }
    const { state, attempts } = this.#socket.connection.get()
    this.#publishRoles()
    if (state === 'idle') return this.#socket.open()
    reply({ event: 'connection', state, attempts })
    if (state === 'live') for (const topic of topics) this.#subscribe(id, this.#tabs.get(id), topic)
  }

  #leave(id) {
    this.#forget(id)
    if (![...this.#tabs.values()].some(tab => tab.person === this.#person)) this.#socket.close()
    this.#publishRoles()
  }

  #forget(id) {
    const tab = this.#tabs.get(id)
    if (!tab) return
    for (const topic of [...tab.topics]) this.#unsubscribe(tab, topic)
    this.#joins.drop(id)
    this.#tabs.delete(id)
  }

  /** The tabs of the user whose connection it is. */
  #listening() { return [...this.#tabs].filter(([, tab]) => tab.person === this.#person) }

  #subscribe(id, tab, topic) {
    tab.topics.add(topic)
    if (this.#socket.connection.get().state !== 'live') return
    const waiting = this.#topics.get(topic)
    if (waiting && !waiting.size && states[topic]) {
      tab.reply({ event: 'frame', type: 'SUBSCRIBED', payload: { topic } })
      const known = this.#known.get(states[topic])
      return known && tab.reply({ event: 'frame', type: states[topic], payload: known })
    }
    this.#topics.set(topic, new Set([...waiting ?? [], id]))
    this.#socket.send('SUBSCRIBE', { topic })
  }

  #unsubscribe(tab, topic) {
    tab.topics.delete(topic)
    if ([...this.#tabs.values()].some(other => other !== tab && other.topics.has(topic))) return
    if (this.#topics.delete(topic)) this.#socket.send('UNSUBSCRIBE', { topic })
    this.#known.delete(states[topic])
  }

  #changed({ state, attempts }) {
    this.#joins.reset()
    this.#topics.clear()
    this.#known.clear()
    for (const [, tab] of this.#listening()) tab.reply({ event: 'connection', state, attempts })
    if (state !== 'live') return
    const wanted = new Map()
    for (const [id, tab] of this.#listening())
      for (const topic of tab.topics) wanted.set(topic, (wanted.get(topic) ?? new Set()).add(id))
    for (const [topic, tabs] of wanted) {
      this.#topics.set(topic, tabs)
      this.#socket.send('SUBSCRIBE', { topic })
    }
  }

  #received(type, payload) {
    if (Object.values(states).includes(type)) this.#known.set(type, payload)
    if (type === 'SUBSCRIBED') return this.#subscribed(payload)
    if (this.#joins.receive(type, payload)) return
    for (const [, tab] of this.#listening()) tab.reply({ event: 'frame', type, payload })
  }

  #subscribed(payload) {
    const waiting = this.#topics.get(payload.topic)
    if (!waiting) return
    this.#topics.set(payload.topic, new Set())
    for (const id of waiting) this.#tabs.get(id)?.reply({ event: 'frame', type: 'SUBSCRIBED', payload })
  }

  /**
   * Sends the roles when they change. `first` is the tab that was visible last; it shows notifications
   * outside the page while none is visible.
   */
  #publishRoles() {
    const tabs = this.#listening().sort(([, one], [, other]) => other.at - one.at)
    const role = JSON.stringify([tabs.map(([id]) => id), tabs.some(([, tab]) => tab.seen)])
    if (role === this.#role) return
    this.#role = role
    const [ids, looked] = JSON.parse(role)
    for (const [id, tab] of tabs) tab.reply({ event: 'role', first: id === ids[0], looked, tabs: ids })
  }
}
