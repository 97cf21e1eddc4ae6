import { patch, put, remove as erase } from '../api.js'
import { socket } from '../session.js'
import { changeChannel, channelOf, own } from './channels.js'
import { before } from './ids.js'
import { heldThread } from './threads.js'
import { takeAnswer } from './taking.js'

const path = message => `/api/chat/messages/${encodeURIComponent(message.id)}`

/** Takes in the answer when it is a whole message; the frame of the same change then changes nothing. */
function answered(answer) {
  const message = answer?.message?.id ? answer.message : answer
  if (message?.id && message.channel) takeAnswer(message)
}

export const edit = async (message, text) => answered(await patch(path(message), { text: text.trim() }))
export const pin = async (message, on = !message.pinnedAt) => answered(await patch(path(message), { pinned: on }))
export const remove = message => erase(path(message))

/** Adds my reaction, or takes it back. */
export function react(message, emoji) {
  const mine = message.reactions?.find(one => one.emoji === emoji)?.users.includes(own())
  const address = `${path(message)}/reactions/${encodeURIComponent(emoji)}`
  return mine ? erase(address) : put(address, {})
}

const tellEvery = 3000
const told = new Map()

/** Tells the others that I type there; `on: false` that I stopped. Costs little when called at each key. */
export function typing(channel, on = true) {
  const last = told.get(String(channel)) ?? 0
  if (on && Date.now() - last < tellEvery) return
  if (!on && !last) return
  if (on) told.set(String(channel), Date.now())
  else told.delete(String(channel))
  socket.send(on ? 'TYPING_START' : 'TYPING_STOP', { channel: String(channel) })
}

/** All that has come to that channel is read: told once per message, again after a cut. */
export function markRead(id) {
  const channel = channelOf(id)
  const last = heldThread(id)?.get().messages.at(-1)?.id
  if (!channel || channel.joined === false || !last || heldThread(id).get().newer) return
  if (!before(channel.readId ?? '0', last) && !channel.unread) return
  if (socket.connection.get().state !== 'live') return
  changeChannel(id, { readId: last, unread: 0, mentions: 0 })
  socket.send('MARK_READ', { channel: String(id), id: last })
}
