import { t } from '../i18n.js'
import { socket } from '../session.js'
import { draftChanged } from './composing.js'
import { storedMessages, storeMessage, whenKeptElsewhere } from './keeping.js'
import { Outbox } from './outbox.js'
import { heldThread, threadOf } from './threads.js'

/** After that long without an answer on a living connection, a message goes out again. */
const answerTakes = 20_000
const closed = () => new Outbox({ send: () => false, changed: () => {} })
let outbox = closed()
let shownIn = new Set()
/** What is written down of each, as text. */
let written = new Map()

function leaves({ clientId, channel, text, replyTo, files }) {
  if (socket.connection.get().state !== 'live') return false
  socket.send('CHAT_MESSAGE', { channel, text, clientId, ...(replyTo && { replyTo }), files: files.map(file => file.fileUrl) })
  setTimeout(() => outbox.overdue(clientId), answerTakes)
  return true
}

function spread(entries) {
  writeDown(entries)
  const channels = new Set([...entries.map(entry => entry.channel), ...shownIn])
  shownIn = new Set(entries.map(entry => entry.channel))
  for (const channel of channels) threadOf(channel).set({ pending: outbox.of(channel) })
}

/** Keeps what is on its way from this tab; what has arrived is kept by none. */
function writeDown(entries) {
  const waiting = new Map(entries.filter(entry => entry.state !== 'sent').map(entry => [entry.clientId, entry]))
  for (const clientId of written.keys()) if (!waiting.has(clientId)) { written.delete(clientId); storeMessage(clientId, null) }
  for (const [clientId, entry] of waiting) {
    const text = JSON.stringify(entry)
    if (outbox.isOwn(entry) && written.get(clientId) !== text) storeMessage(clientId, entry)
    written.set(clientId, text)
  }
}

/** Takes up what the person had not sent when the page went away, or writes in other tabs. */
export function startOutbox() {
  outbox = new Outbox({ entries: storedMessages(), tab: socket.id, send: leaves, changed: spread })
  spread(outbox.entries)
  adopt()
}

export function stopOutbox() {
  outbox = closed()
  shownIn = new Set()
  written = new Map()
}

/** The first of the tabs sends what those left behind that are gone. */
function adopt() {
  const { first, tabs } = socket.role.get()
  if (first && tabs.includes(socket.id)) outbox.adopt(tabs)
}

socket.role.subscribe(adopt)
whenKeptElsewhere(({ message, draft, value }) => {
  if (draft) draftChanged(draft)
  else if (value) outbox.takeIn(value)
  else outbox.drop(message)
})

export const resend = () => { adopt(); outbox.reconnected() }
export const interrupted = () => outbox.lost()
export const isOutboxFull = () => outbox.isFull
export const send = entry => outbox.add(entry)
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
