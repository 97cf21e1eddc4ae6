/** How many unsent messages are held at most; then `add` refuses. */
export const outboxLimit = 100

const byTime = (one, other) => one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0

/**
 * Messages on their way, in the order in which they were written. An entry is {clientId, channel, text, tab,
 * replyTo, reply, files, createdAt, state, error}: "waiting" for the connection, "sending", "sent" (acknowledged, its own frame
 * still to come) or "refused". Those of other tabs are shown here and sent there. Knows neither socket nor storage:
 * `send(entry)` tells whether it left, `changed(entries)` is told of each change.
 */
export class Outbox {
  #entries
  #tab
  #send
  #changed

  constructor({ entries = [], tab, send, changed }) {
    this.#tab = tab
    this.#entries = entries.filter(entry => entry.state !== 'sent')
      .map(entry => entry.state === 'refused' ? entry : { ...entry, state: 'waiting' })
    this.#send = send
    this.#changed = changed
  }

  get entries() { return this.#entries }
  of(channel) { return this.#entries.filter(entry => entry.channel === String(channel)) }
  get isFull() { return this.#entries.length >= outboxLimit }
  isOwn(entry) { return entry.tab === this.#tab }

  add(entry) {
    this.#entries = [...this.#entries, { ...entry, tab: this.#tab, state: 'waiting', error: null }]
    this.#flush()
    this.#tell()
  }

  /** The connection is new: what was not acknowledged goes out again, in order. */
  reconnected() {
    this.#entries = this.#entries.map(entry => entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry)
    this.#flush()
    this.#tell()
  }

  /** The connection is gone. */
  lost() {
    if (!this.#entries.some(entry => entry.state === 'sending')) return
    this.#entries = this.#entries.map(entry => entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry)
    this.#tell()
  }

  /** No answer came in time: once more. */
  overdue(clientId) {
    if (this.#entries.some(entry => entry.clientId === clientId && entry.state === 'sending')) this.retry(clientId)
  }

  acknowledged(clientId, id) { this.#patch(clientId, { state: 'sent', id }) }
  refused(clientId, error) { return this.#patch(clientId, { state: 'refused', error }) }

  /** Again, with the same clientId: had it arrived after all, it would not come twice. */
  retry(clientId) {
    if (this.#patch(clientId, { state: 'waiting', error: null, tab: this.#tab })) { this.#flush(); this.#tell() }
  }

  /** The message has come back as everyone sees it, or was given up: its entry, or null. */
  drop(clientId) {
    const entry = this.#entries.find(one => one.clientId === clientId)
    if (!entry) return null
    this.#entries = this.#entries.filter(one => one !== entry)
    this.#tell()
    return entry
  }

  /** Another tab has written that message, or changed its state. */
  takeIn(entry) {
    if (entry.tab === this.#tab) return
    this.#entries = [...this.#entries.filter(one => one.clientId !== entry.clientId), entry].sort(byTime)
    this.#tell()
  }

  /** The tabs that there are: what others left behind is sent from here. With the same clientId nothing comes twice. */
  adopt(tabs) {
    if (!this.#entries.some(entry => !this.isOwn(entry) && !tabs.includes(entry.tab))) return
    this.#entries = this.#entries.map(entry => this.isOwn(entry) || tabs.includes(entry.tab) ? entry
      : { ...entry, tab: this.#tab, state: entry.state === 'sending' ? 'waiting' : entry.state })
    this.#flush()
    this.#tell()
  }

  #patch(clientId, patch) {
    if (!this.#entries.some(entry => entry.clientId === clientId)) return false
    this.#entries = this.#entries.map(entry => entry.clientId === clientId ? { ...entry, ...patch } : entry)
    this.#tell()
    return true
  }

  #flush() {
    let open = true
    this.#entries = this.#entries.map(entry => {
      if (entry.state !== 'waiting' || !open || !this.isOwn(entry)) return entry
      open = this.#send(entry)
      return open ? { ...entry, state: 'sending' } : entry
    })
  }

  #tell() { this.#changed(this.#entries) }
}
