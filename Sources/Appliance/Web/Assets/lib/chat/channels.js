import { get } from '../api.js'
import { t } from '../i18n.js'
import { createStore } from '../store.js'
import { session } from '../session.js'
import { before, greater, same } from './ids.js'

export const nothing = () => ({ ready: false, channels: [], current: null, error: null, guest: null })
export const chat = createStore(nothing())

/**
 * The last message and revision received of each channel, by id: {last, revision}. A join resumes from there.
 */
export const received = new Map()

export const own = () => String(session.get().user?.id ?? '')

/** The channel of that id: one of the list, or the public one being visited; null when unknown. */
export function channelOf(id) {
  const { channels, guest } = chat.get()
  return channels.find(channel => same(channel.id, id)) ?? (guest && same(guest.id, id) ? guest : null)
}

/** The channel's name; of a direct channel the other person's. */
export const channelTitle = channel => channel.type === 'direct'
  ? channel.with?.name || channel.with?.username || channel.name || t('chat.someone') : channel.name

const moment = channel => Date.parse(channel.preview?.createdAt ?? channel.createdAt) || 0
const byActivity = channels => [...channels].sort((one, other) => moment(other) - moment(one) || Number(other.id) - Number(one.id))

/** Changes one channel by a patch or by a function of the channel. */
export function changeChannel(id, patch) {
  const next = channel => same(channel.id, id)
    ? { ...channel, ...(typeof patch === 'function' ? patch(channel) : patch) } : channel
  chat.set(({ channels, guest }) => ({ channels: byActivity(channels.map(next)), guest: guest && next(guest) }))
}

export function dropChannel(id) {
  received.delete(String(id))
  chat.set(({ channels, guest }) => ({
    channels: channels.filter(channel => !same(channel.id, id)),
    guest: guest && same(guest.id, id) ? null : guest,
  }))
}

/**
 * Applies the server's list of channels, except where a message newer than the list was received meanwhile.
 */
function applyList(channels) {
  const known = new Map(chat.get().channels.map(channel => [channel.id, channel]))
  const next = channels.map(channel => {
    const earlier = known.get(channel.id)
    if (!received.has(channel.id)) received.set(channel.id, { last: channel.last ?? '0', revision: channel.revision ?? 0 })
    return earlier && before(channel.last, earlier.last) ? { ...channel, last: earlier.last, unread: earlier.unread, preview: earlier.preview } : channel
  })
  chat.set(({ guest }) => ({
    ready: true, error: null, channels: byActivity(next), guest: guest && next.some(channel => channel.id === guest.id) ? null : guest,
  }))
}

let asked = 0

/** Fetches the user's channels; only the answer of the latest request is used. Errors go into `chat`. */
export async function reloadChannels() {
  const number = asked += 1
  try {
    const channels = await get('/api/chat/channels')
    if (number === asked) applyList(channels)
  } catch (error) {
    if (number === asked && error.status !== 401) chat.set({ error })
  }
  return chat.get().channels
}

/** Resolves when the list has been fetched or has failed. */
export function channelsReady() {
  const settled = ({ ready, error }) => ready || error
  if (settled(chat.get())) return Promise.resolve()
  return new Promise(resolve => {
    const stop = chat.subscribe(value => { if (settled(value)) { stop(); resolve() } })
  })
}

/** Fetches a public channel that the user is no member of, as `guest`. Throws `ApiError`. */
export async function visit(id) {
  const channel = await get(`/api/chat/channels/${encodeURIComponent(id)}`)
  if (!received.has(channel.id)) received.set(channel.id, { last: channel.last ?? '0', revision: channel.revision ?? 0 })
  if (!chat.get().channels.some(one => one.id === channel.id)) chat.set({ guest: channel })
  return channel
}

/** Moves the position of a channel in `received` forward. */
export function noteReceived(id, { last = '0', revision = 0 }) {
  const known = received.get(String(id)) ?? { last: '0', revision: 0 }
  received.set(String(id), { last: greater(known.last, last), revision: Math.max(known.revision, revision ?? 0) })
}

/** Counts a message as unread, once, and shows it as the channel's preview. */
export function countMessage(message, mentioned) {
  changeChannel(message.channel, channel => {
    if (!before(channel.last, message.id)) return channel
    const counts = message.authorId !== own() && !message.deletedAt && before(channel.readId ?? '0', message.id)
    return {
      last: message.id,
      unread: counts ? Math.min(100, channel.unread + 1) : channel.unread,
      mentions: counts && mentioned ? (channel.mentions ?? 0) + 1 : channel.mentions,
      preview: { id: message.id, authorName: message.authorName, text: message.text.slice(0, 120), createdAt: message.createdAt },
    }
  })
}

/** Whether a message is counted as unread or shown as the preview. */
export function isListed(id, message) {
  const channel = channelOf(id)
  return Boolean(channel) && (before(channel.readId ?? '0', message) || same(channel.preview?.id ?? '', message))
}

/** Unread counts: {messages} of channels that are not muted; {calls}: mentions and direct messages. */
export function unreadTotal() {
  let messages = 0
  let calls = 0
  for (const channel of chat.get().channels) {
    calls += channel.mentions ?? 0
    if (channel.muted) continue
    messages += channel.unread ?? 0
    if (channel.type === 'direct') calls += Math.max(0, (channel.unread ?? 0) - (channel.mentions ?? 0))
  }
  return { messages, calls }
}
