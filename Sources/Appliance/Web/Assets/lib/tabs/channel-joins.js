/** Frames that come only to who joined the channel they name. */
const feed = new Set(['CHAT_MESSAGE', 'CHAT_EDITED', 'CHAT_DELETED', 'CHAT_REACTION', 'CHAT_PINNED', 'USER_TYPING'])
const mostHeld = 1000

const number = value => Number(value ?? 0)
const covers = (one, other) => number(one.since) <= number(other.since) && number(one.revision) <= number(other.revision)

/**
 * Several tabs join channels over one connection, each from what it has. One that misses nothing is answered here;
 * those that ask at once share an answer; and what comes while a tab waits is held for it, so that every tab hears
 * what it would hear over a connection of its own. Knows no socket: `ask(payload)` sends a join, `deliver(tab, type,
 * payload)` hands a frame to a tab.
 */
export class ChannelJoins {
  /** By id: {joined, last, revision, members, wait: {since, revision, tabs, held}|null, later: [[tab, payload]]}. */
  #channels = new Map()
  #ask
  #deliver

  constructor({ ask, deliver }) {
    this.#ask = ask
    this.#deliver = deliver
  }

  /** The connection is new: nothing is joined. */
  reset() { this.#channels.clear() }

  /** That tab is gone. */
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

  /** Takes in a frame of the connection; false where it is no channel's, and for every tab. */
  heard(type, payload) {
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

  /** A join anew takes the connection off the channel for its time, so that its pages are news to those who are in. */
  #joined(channel, payload) {
    const { wait } = channel
    for (const tab of new Set([...channel.members, ...wait?.tabs ?? []])) this.#deliver(tab, 'CHANNEL_JOINED', payload)
    channel.last = Math.max(channel.last, number(payload.last))
    channel.revision = Math.max(channel.revision, number(payload.revision))
    if (payload.more || !wait) return true
    channel.joined = true
    this.#let(channel, wait, payload)
    return true
  }

  #let(channel, wait, { channel: id }) {
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
