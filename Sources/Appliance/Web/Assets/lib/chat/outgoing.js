import { t } from '../i18n.js'
import { socket } from '../session.js'
import { onMessage } from './arrivals.js'
import { own } from './channels.js'
import { onStoredElsewhere, storedMessages, storeMessage } from './local-storage.js'
import { Outbox } from './outbox.js'
import { heldThread, threadOf } from './threads.js'

/** Milliseconds without an acknowledgement after which a message is sent again. */
const answerTakes = 20_000
const closed = () => new Outbox({ send: () => false, changed: () => {} })
let outbox = closed()
let shownIn = new Set()
/** What is stored of each message, as JSON, by clientId. */
let written = new Map()

function transmit({ clientId, channel, text, replyTo, files }) {
  if (socket.connection.get().state !== 'live') return false
  const fileUrls = files.map(file => file.fileUrl)
  socket.send('CHAT_MESSAGE', { channel, text, clientId, ...(replyTo && { replyTo }), files: fileUrls })
  setTimeout(() => outbox.overdue(clientId), answerTakes)
  return true
}

/** Stores the entries and shows them in the threads of their channels. */
function publish(entries) {
  store(entries)
  const channels = new Set([...entries.map(entry => entry.channel), ...shownIn])
  shownIn = new Set(entries.map(entry => entry.channel))
  for (const channel of channels) threadOf(channel).set({ pending: outbox.of(channel) })
}

/** Stores the unsent messages of this tab, and removes those that are sent. */
function store(entries) {
  const waiting = new Map(entries.filter(entry => entry.state !== 'sent').map(entry => [entry.clientId, entry]))
  for (const clientId of written.keys()) if (!waiting.has(clientId)) { written.delete(clientId); storeMessage(clientId, null) }
  for (const [clientId, entry] of waiting) {
    const text = JSON.stringify(entry)
    if (outbox.isOwn(entry) && written.get(clientId) !== text) storeMessage(clientId, entry)
    written.set(clientId, text)
  }
}

/** Restores the stored messages: unsent ones of an earlier page, and those of other tabs. */
export function startOutbox() {
  outbox = new Outbox({ entries: storedMessages(), tab: socket.id, send: transmit, changed: publish })
  publish(outbox.entries)
  adopt()
}

export function stopOutbox() {
  outbox = closed()
  shownIn = new Set()
  written = new Map()
}

/** The first of the tabs sends the messages of tabs that were closed. */
function adopt() {
  const { first, tabs } = socket.role.get()
  if (first && tabs.includes(socket.id)) outbox.adopt(tabs)
}

socket.role.subscribe(adopt)
onStoredElsewhere('message', (clientId, entry) => entry ? outbox.apply(entry) : outbox.drop(clientId))
onMessage(({ authorId, clientId }) => { if (clientId && authorId === own()) outbox.drop(clientId) })

export const resend = () => { adopt(); outbox.reconnected() }
export const interrupted = () => outbox.lost()
export const isOutboxFull = () => outbox.isFull
export const send = entry => outbox.add(entry)
export const retry = clientId => outbox.retry(clientId)
export const discard = clientId => outbox.drop(clientId)

/**
 * The server has stored the message. Its entry stays until its CHAT_MESSAGE frame shows it, unless that came
 * first.
 */
export function acknowledged({ clientId, id, channel }) {
  const thread = heldThread(channel)
  const isShown = thread?.get().messages.some(message => message.id === String(id))
  if (isShown || !thread?.get().loaded) outbox.drop(clientId)
  else outbox.acknowledged(clientId, String(id))
}

export function refused({ clientId, message }) {
  return outbox.refused(clientId, message || t('chat.refused'))
}
