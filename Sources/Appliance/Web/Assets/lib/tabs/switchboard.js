import { ChannelJoins } from './channel-joins.js'

/** What was told last of these topics is what one who asks later is told first. */
const states = { presence: 'PRESENCE', vms: 'VM_STATS', system: 'SYSTEM_STATS' }
/** How many unanswered questions whether it is there make a tab one that is not. */
const mostSilence = 2

/**
 * The one live connection of all tabs of a browser. It runs in a shared worker, or in the tab that leads the others.
 * A tab says {do: "enter", tab, person, renew, topics, seen}, "leave", "subscribe", "unsubscribe", "send", "seen", "hurry", "ping"
 * or "here"; it is told {tell: "connection", state, attempts}, "frame", "role", "person", "still-there" or "enter".
 */
export class Switchboard {
  #tabs = new Map()
  #socket
  #person = null
  /** Tabs that wait for the SUBSCRIBED of a topic; a topic here without any is confirmed. */
  #topics = new Map()
  #known = new Map()
  #role = ''
  #joins = new ChannelJoins({
    ask: payload => this.#socket.send('JOIN_CHANNEL', payload),
    deliver: (id, type, payload) => this.#tabs.get(id)?.tell({ tell: 'frame', type, payload }),
  })

  /** `makeSocket(heard)` gives the connection: a `LiveSocket`. */
  constructor(makeSocket) {
    this.#socket = makeSocket((type, payload) => this.#heard(type, payload))
    this.#socket.connection.subscribe(connection => this.#changed(connection))
  }

  /** What a tab says; `tell` answers it. */
  said(id, message, tell) {
    const tab = this.#tabs.get(id)
    if (message.do === 'enter') return this.#enter(id, message, tell)
    if (message.do === 'leave') return this.#leave(id)
    // Taken for gone, or never heard of here: it is to say once more what it wants.
    if (!tab) return tell({ tell: 'enter' })
    tab.silence = 0
    switch (message.do) {
      case 'subscribe': return this.#subscribe(id, tab, message.topic)
      case 'unsubscribe': return this.#unsubscribe(tab, message.topic)
      case 'seen':
        Object.assign(tab, { seen: message.seen, at: message.seen ? this.#next() : tab.at })
        return this.#tellRoles()
      case 'ping': return tab.tell({ tell: 'still-there' })
      case 'hurry': return this.#socket.hurry()
      case 'send':
        if (message.type === 'JOIN_CHANNEL') return this.#joins.join(id, message.payload)
        this.#socket.send(message.type, message.payload)
    }
  }

  /** To be called every few seconds: who does not answer (crashed, or frozen by the browser) holds nothing any more. */
  tick() {
    for (const [id, tab] of [...this.#tabs]) {
      tab.silence += 1
      if (tab.silence > mostSilence) this.#leave(id)
      else tab.tell({ tell: 'still-there' })
    }
  }

  close() {
    this.#tabs.clear()
    this.#socket.close()
  }

  #turn = 0
  #next() { return this.#turn += 1 }

  #enter(id, { person, renew, topics, seen }, tell) {
    this.#forget(id)
    this.#tabs.set(id, { tell, person, topics: new Set(topics), seen, silence: 0, at: this.#next() })
    if (person !== this.#person || renew) {
      this.#person = person
      this.#socket.close()
      for (const other of this.#tabs.values()) if (other.person !== person) other.tell({ tell: 'person' })
    }
    const { state, attempts } = this.#socket.connection.get()
    this.#tellRoles()
    if (state === 'idle') return this.#socket.open()
    tell({ tell: 'connection', state, attempts })
    if (state === 'live') for (const topic of topics) this.#subscribe(id, this.#tabs.get(id), topic)
  }

  #leave(id) {
    this.#forget(id)
    if (![...this.#tabs.values()].some(tab => tab.person === this.#person)) this.#socket.close()
    this.#tellRoles()
  }

  #forget(id) {
    const tab = this.#tabs.get(id)
    if (!tab) return
    for (const topic of [...tab.topics]) this.#unsubscribe(tab, topic)
    this.#joins.drop(id)
    this.#tabs.delete(id)
  }

  /** Tabs of the person for whom the connection is. */
  #listening() { return [...this.#tabs].filter(([, tab]) => tab.person === this.#person) }

  #subscribe(id, tab, topic) {
    tab.topics.add(topic)
    if (this.#socket.connection.get().state !== 'live') return
    const waiting = this.#topics.get(topic)
    if (waiting && !waiting.size && states[topic]) {
      tab.tell({ tell: 'frame', type: 'SUBSCRIBED', payload: { topic } })
      const known = this.#known.get(states[topic])
      return known && tab.tell({ tell: 'frame', type: states[topic], payload: known })
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
    for (const [, tab] of this.#listening()) tab.tell({ tell: 'connection', state, attempts })
    if (state !== 'live') return
    const wanted = new Map()
    for (const [id, tab] of this.#listening())
      for (const topic of tab.topics) wanted.set(topic, (wanted.get(topic) ?? new Set()).add(id))
    for (const [topic, tabs] of wanted) {
      this.#topics.set(topic, tabs)
      this.#socket.send('SUBSCRIBE', { topic })
    }
  }

  #heard(type, payload) {
    if (Object.values(states).includes(type)) this.#known.set(type, payload)
    if (type === 'SUBSCRIBED') return this.#subscribed(payload)
    if (this.#joins.heard(type, payload)) return
    for (const [, tab] of this.#listening()) tab.tell({ tell: 'frame', type, payload })
  }

  #subscribed(payload) {
    const waiting = this.#topics.get(payload.topic)
    if (!waiting) return
    this.#topics.set(payload.topic, new Set())
    for (const id of waiting) this.#tabs.get(id)?.tell({ tell: 'frame', type: 'SUBSCRIBED', payload })
  }

  /** One tab tells outside the page what all hear: the one looked at last. None does while one is looked at. */
  #tellRoles() {
    const tabs = this.#listening().sort(([, one], [, other]) => other.at - one.at)
    const role = JSON.stringify([tabs.map(([id]) => id), tabs.some(([, tab]) => tab.seen)])
    if (role === this.#role) return
    this.#role = role
    const [ids, looked] = JSON.parse(role)
    for (const [id, tab] of tabs) tab.tell({ tell: 'role', first: id === ids[0], looked, tabs: ids })
  }
}
