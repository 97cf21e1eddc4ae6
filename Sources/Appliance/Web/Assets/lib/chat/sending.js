import { own } from './channels.js'
import { toNewest } from './history.js'
import { randomId } from './ids.js'
import { isOutboxFull, send } from './outgoing.js'
import { heldThread, threadOf } from './threads.js'

/**
 * Puts a message into the outbox and returns its clientId; null when the outbox is full or the message is
 * empty.
 */
export function post(channel, { text = '', replyTo, files = [] }) {
  const thread = threadOf(channel)
  const answered = replyTo === undefined ? thread.get().replyingTo : null
  const trimmed = text.trim()
  if ((!trimmed && !files.length) || isOutboxFull()) return null
  const clientId = randomId()
  thread.set({ replyingTo: null, unreadFrom: null, readUpTo: null })
  toNewest(channel)
  send({
    clientId, channel: String(channel), text: trimmed, replyTo: answered?.id ?? replyTo ?? null,
    reply: quoteOf(channel, answered?.id ?? replyTo), files, createdAt: new Date().toISOString(), authorId: own(),
  })
  return clientId
}

function quoteOf(channel, id) {
  const message = id && heldThread(channel)?.get().messages.find(one => one.id === String(id))
  return message ? { id: message.id, authorId: message.authorId, authorName: message.authorName, text: message.text.slice(0, 140), deleted: Boolean(message.deletedAt) } : null
}
