/** Frames that the server sends only to members who joined the channel. */
const feed = new Set(['CHAT_MESSAGE', 'CHAT_EDITED', 'CHAT_DELETED', 'CHAT_REACTION', 'CHAT_PINNED', 'USER_TYPING'])
const mostHeld = 1000

const number = value => Number(value ?? 0)
const covers = (one, other) => number(one.since) <= number(other.since) && number(one.revision) <= number(other.revision)

/**
 * The channels that several tabs join over one connection, each from its own position. A tab that is up to
 * date is answered without a request; tabs that join at the same time share one; frames received meanwhile
 * are held for them. So each tab receives the same frames as over a connection of its own. `ask(payload)`
 * sends a join to the server, `deliver(tab, type, payload)` a frame to a tab.
 */
export class ChannelJoins {
  /**
   * By id: {joined, last, revision, members, wait: {since, revision, tabs, held}|null, later: [[tab,
   * payload]]}.
   */
  #channels = new Map()
  #ask
  #deliver

  constructor({ ask, deliver }) {
    this.#ask = ask
    this.#deliver = deliver
  }

  /** After a new connection no channel is joined. */
  reset() { this.#channels.clear() }

  /** Removes a tab. */
  drop(tab) {
    for (const channel of this.#channels.values()) {
      channel.members.delete(tab)
      channel.wait?.tabs.delete(tab)
      channel.later = channel.later.filter(([other]) => other !== tab)
    }
  }

  join(tab, payload) {
    const id = String(payload.channel)
    if (!this.#channels.has(id)) this.#channels.set(id, { joined: false, last: 0, revision: 0, members: new Set(), wait: null, later: [] })
    const channel = this.#channels.get(id)
    if (channel.wait && !covers(channel.wait, payload)) return void channel.later.push([tab, payload])
    if (channel.wait) return void channel.wait.tabs.add(tab)
    if (channel.joined && covers({ since: channel.last, revision: channel.revision }, payload)) {
      channel.members.add(tab)
      const { last, revision } = channel
      return this.#deliver(tab, 'CHANNEL_JOINED', { channel: id, messages: [], changed: [], last: String(last), revision, more: false })
    }
    channel.wait = { since: payload.since, revision: payload.revision, tabs: new Set([tab]), held: [] }
    this.#ask(payload)
  }

  /** Handles a frame of the connection; false when it is for every tab. */
  receive(type, payload) {
    const id = String(payload.channel ?? '')
    const channel = this.#channels.get(id)
    if (!channel) return feed.has(type)
    if (type === 'CHANNEL_JOINED') return this.#joined(channel, payload)
    if (type === 'CHANNEL_LEFT') {
      this.#channels.delete(id)
      return false
    }
    if (type === 'ERROR' && channel.wait && !payload.clientId) return this.#refused(channel, payload)
    if (!feed.has(type)) return false
    if (type === 'CHAT_MESSAGE') channel.last = Math.max(channel.last, number(payload.id))
    else channel.revision = Math.max(channel.revision, number(payload.revision))
    for (const tab of channel.members) this.#deliver(tab, type, payload)
    if (channel.wait?.held.push([type, payload]) > mostHeld) channel.wait.held.shift(), channel.wait.overflowed = true
    return true
  }

  /**
   * During another join the server sends no live frames of the channel: its pages go to the tabs already
   * joined, too.
   */
  #joined(channel, payload) {
    const { wait } = channel
    for (const tab of new Set([...channel.members, ...wait?.tabs ?? []])) this.#deliver(tab, 'CHANNEL_JOINED', payload)
    channel.last = Math.max(channel.last, number(payload.last))
    channel.revision = Math.max(channel.revision, number(payload.revision))
    if (payload.more || !wait) return true
    channel.joined = true
    this.#admit(channel, wait, payload)
    return true
  }

  #admit(channel, wait, { channel: id }) {
    channel.wait = null
    for (const tab of wait.tabs) {
      if (channel.members.has(tab)) continue
      channel.members.add(tab)
      for (const [type, payload] of wait.held) this.#deliver(tab, type, payload)
      if (wait.overflowed) this.#deliver(tab, 'CHANNEL_JOINED', { channel: id, reset: true, last: String(channel.last), revision: channel.revision })
    }
    for (const [tab, payload] of channel.later.splice(0)) this.join(tab, payload)
  }

  #refused(channel, payload) {
    const { tabs } = channel.wait
    channel.wait = null
    for (const tab of tabs) this.#deliver(tab, 'ERROR', payload)
    for (const [tab, wanted] of channel.later.splice(0)) this.join(tab, wanted)
    return true
  }
}
