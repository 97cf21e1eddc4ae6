import { t } from '../i18n.js'
import { socket } from '../session.js'
import { own } from './channels.js'
import { toNewest } from './history.js'
import { randomId } from './ids.js'
import { keep, keptNow } from './keeping.js'
import { Outbox } from './outbox.js'
import { heldThread, threadOf } from './threads.js'

/** After that long without an answer on a living connection, a message goes out again. */
const answerTakes = 20_000
let outbox = new Outbox({ send: () => false, changed: () => {} })

const isLive = () => socket.connection.get().state === 'live'

function leaves({ clientId, channel, text, replyTo, files }) {
  if (!isLive()) return false
  socket.send('CHAT_MESSAGE', { channel, text, clientId, ...(replyTo && { replyTo }), files: files.map(file => file.fileUrl) })
  setTimeout(() => outbox.overdue(clientId), answerTakes)
  return true
}

function spread(entries) {
  keep({ outbox: entries.filter(entry => entry.state !== 'sent') })
  const channels = new Set([...entries.map(entry => entry.channel), ...shownIn])
  shownIn = new Set(entries.map(entry => entry.channel))
  for (const channel of channels) threadOf(channel).set({ pending: outbox.of(channel) })
}
let shownIn = new Set()

/** Takes up what the person had not sent when the page went away. */
export function startOutbox() {
  outbox = new Outbox({ entries: keptNow().outbox, send: leaves, changed: spread })
  spread(outbox.entries)
}

export function stopOutbox() {
  outbox = new Outbox({ send: () => false, changed: () => {} })
  shownIn = new Set()
}

export const resend = () => outbox.reconnected()
export const interrupted = () => outbox.lost()

/** Puts a message into the outbox; null when that is full or there is nothing to send. Returns the clientId. */
export function post(channel, { text = '', replyTo, files = [] }) {
  const thread = threadOf(channel)
  const answered = replyTo === undefined ? thread.get().replyingTo : null
  const trimmed = text.trim()
  if ((!trimmed && !files.length) || outbox.isFull) return null
  const clientId = randomId()
  thread.set({ replyingTo: null, unreadFrom: null, readUpTo: null })
  toNewest(channel)
  outbox.add({
    clientId, channel: String(channel), text: trimmed, replyTo: answered?.id ?? replyTo ?? null,
    reply: quoteOf(channel, answered?.id ?? replyTo), files, createdAt: new Date().toISOString(), authorId: own(),
  })
  return clientId
}

function quoteOf(channel, id) {
  const message = id && heldThread(channel)?.get().messages.find(one => one.id === String(id))
  return message ? { id: message.id, authorId: message.authorId, authorName: message.authorName, text: message.text.slice(0, 140), deleted: Boolean(message.deletedAt) } : null
}

/** Whether so much waits that nothing more is taken. */
export const isOutboxFull = () => outbox.isFull

export const retry = clientId => outbox.retry(clientId)
export const discard = clientId => outbox.drop(clientId)

/** The server has it on disk. Its own frame shows it; if that came first, nothing is left to do. */
export function acknowledged({ clientId, id, channel }) {
  const thread = heldThread(channel)
  const there = thread?.get().messages.some(message => message.id === String(id))
  if (there || !thread?.get().loaded) outbox.drop(clientId)
  else outbox.acknowledged(clientId, String(id))
}

/** One's own message has come back. */
export const returned = message => { if (message.clientId) outbox.drop(message.clientId) }

export function refused({ clientId, message }) {
  return outbox.refused(clientId, message || t('chat.refused'))
}
