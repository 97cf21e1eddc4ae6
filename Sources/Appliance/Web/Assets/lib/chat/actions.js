import { patch, put, remove as erase } from '../api.js'
import { socket } from '../session.js'
import { changeChannel, channelOf, own } from './channels.js'
import { before } from './ids.js'
import { heldThread } from './threads.js'
import { applyAnswer } from './incoming.js'

const path = message => `/api/chat/messages/${encodeURIComponent(message.id)}`

/** Applies an answer that is a whole message; the frame of the same change then has no effect. */
function answered(answer) {
  const message = answer?.message?.id ? answer.message : answer
  if (message?.id && message.channel) applyAnswer(message)
}

export const edit = async (message, text) => answered(await patch(path(message), { text: text.trim() }))
export const pin = async (message, on = !message.pinnedAt) => answered(await patch(path(message), { pinned: on }))
export const remove = message => erase(path(message))

/** Adds or removes the user's reaction. */
export function react(message, emoji) {
  const mine = message.reactions?.find(one => one.emoji === emoji)?.users.includes(own())
  const address = `${path(message)}/reactions/${encodeURIComponent(emoji)}`
  return mine ? erase(address) : put(address, {})
}

const publishEvery = 3000
/** When typing was last published, by channel. */
const published = new Map()

/**
 * Publishes that the user types in a channel, or (`on` false) has stopped. At most one frame in 3 s: call it
 * at each key.
 */
export function typing(channel, on = true) {
  const last = published.get(String(channel)) ?? 0
  if (on && Date.now() - last < publishEvery) return
  if (!on && !last) return
  if (on) published.set(String(channel), Date.now())
  else published.delete(String(channel))
  socket.send(on ? 'TYPING_START' : 'TYPING_STOP', { channel: String(channel) })
}

/** Marks everything loaded of a channel as read, once per message and again after a reconnection. */
export function markRead(id) {
  const channel = channelOf(id)
  const last = heldThread(id)?.get().messages.at(-1)?.id
  if (!channel || channel.joined === false || !last || heldThread(id).get().newer) return
  if (!before(channel.readId ?? '0', last) && !channel.unread) return
  if (socket.connection.get().state !== 'live') return
  changeChannel(id, { readId: last, unread: 0, mentions: 0 })
  socket.send('MARK_READ', { channel: String(id), id: last })
}
