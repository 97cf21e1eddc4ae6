/** How many unsent messages are held at most; then `add` refuses. */
export const outboxLimit = 100

const byTime = (one, other) => one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0

/**
 * Messages not yet confirmed, oldest first. An entry is {clientId, channel, text, tab, replyTo, reply, files,
 * createdAt, state, error}; its state is "waiting" (for the connection), "sending", "sent" (acknowledged, its
 * frame not yet received) or "refused". Entries of other tabs are listed but not sent. `send(entry)` returns
 * whether the entry was transmitted; `changed(entries)` is called after each change.
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
    this.#publish()
  }

  /** After a reconnection: sends again, in order, what was not acknowledged. */
  reconnected() {
    this.#entries = this.#entries.map(entry => entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry)
    this.#flush()
    this.#publish()
  }

  /** The connection is lost: entries being sent wait again. */
  lost() {
    if (!this.#entries.some(entry => entry.state === 'sending')) return
    this.#entries = this.#entries.map(entry => entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry)
    this.#publish()
  }

  /** No acknowledgement came in time: sends the entry again. */
  overdue(clientId) {
    if (this.#entries.some(entry => entry.clientId === clientId && entry.state === 'sending')) this.retry(clientId)
  }

  acknowledged(clientId, id) { this.#patch(clientId, { state: 'sent', id }) }
  refused(clientId, error) { return this.#patch(clientId, { state: 'refused', error }) }

  /** Sends an entry again. The server ignores a clientId that it has already stored. */
  retry(clientId) {
    if (this.#patch(clientId, { state: 'waiting', error: null, tab: this.#tab })) { this.#flush(); this.#publish() }
  }

  /**
   * Removes an entry, whose message has been received or discarded, and returns it; null when there is none.
   */
  drop(clientId) {
    const entry = this.#entries.find(one => one.clientId === clientId)
    if (!entry) return null
    this.#entries = this.#entries.filter(one => one !== entry)
    this.#publish()
    return entry
  }

  /** Applies an entry that another tab has added or changed. */
  apply(entry) {
    if (entry.tab === this.#tab) return
    this.#entries = [...this.#entries.filter(one => one.clientId !== entry.clientId), entry].sort(byTime)
    this.#publish()
  }

  /** Takes over and sends the entries of tabs that are not among the open ones (`tabs`: their ids). */
  adopt(tabs) {
    if (!this.#entries.some(entry => !this.isOwn(entry) && !tabs.includes(entry.tab))) return
    this.#entries = this.#entries.map(entry => this.isOwn(entry) || tabs.includes(entry.tab) ? entry
      : { ...entry, tab: this.#tab, state: entry.state === 'sending' ? 'waiting' : entry.state })
    this.#flush()
    this.#publish()
  }

  #patch(clientId, patch) {
    if (!this.#entries.some(entry => entry.clientId === clientId)) return false
    this.#entries = this.#entries.map(entry => entry.clientId === clientId ? { ...entry, ...patch } : entry)
    this.#publish()
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

  #publish() { this.#changed(this.#entries) }
}
