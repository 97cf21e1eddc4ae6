import { isInside, session, socket } from '../session.js'
import { changeChannel, channelOf, chat, dropChannel, heard, hear, isListed, nothing, own, reloadChannels, visit } from './channels.js'
import { greater, same } from './ids.js'
import { newest } from './history.js'
import { forget, keepFor } from './keeping.js'
import { acknowledged, interrupted, refused, resend, startOutbox, stopOutbox } from './outgoing.js'
import { announceMessage, takeChange, takeMessages, takePatch } from './taking.js'
import { closeThread, dropThreads, heldThread } from './threads.js'

const typingLasts = 7000
let joined = new Set()
let person = null
let lastPerson = null
let reloading = null

/** Joins each channel from where it was heard last, so that only what is new comes. */
function join(id) {
  if (joined.has(String(id)) || socket.connection.get().state !== 'live') return
  const { last, revision } = heard.get(String(id)) ?? { last: '0', revision: 0 }
  joined.add(String(id))
  socket.send('JOIN_CHANNEL', { channel: String(id), since: last, revision })
}

function joinAll() {
  const { channels, guest } = chat.get()
  for (const channel of channels) join(channel.id)
  if (guest) join(guest.id)
}

/** The list first, as it says which channels there are; then all are joined and what waits goes out. */
async function catchUp() {
  joined = new Set()
  joinAll()
  resend()
  await reloadChannels()
  joinAll()
  checkOpen()
}

/** The open channel is mine no more: it may still be read when it is public; else nothing of it stays here. */
async function checkOpen() {
  const { current, ready, error } = chat.get()
  if (!current || !ready || error || channelOf(current)) return
  try { await visit(current) } catch (refusal) { if (refusal.status) closeThread(current, refusal) }
}

/** Several changes at once ask for one list. */
function reloadSoon() {
  clearTimeout(reloading)
  reloading = setTimeout(async () => {
    const known = chat.get().channels.map(channel => channel.id)
    const channels = await reloadChannels()
    for (const id of known) if (!channels.some(channel => same(channel.id, id))) joined.delete(id)
    joinAll()
    checkOpen()
  }, 150)
}

/** What was not sent is forgotten when its person signs out by themselves; a session that just ended keeps it. */
function forgetWhoLeft() {
  const { ready, user, ended } = session.get()
  if (user) return void (lastPerson = own())
  if (ready && lastPerson && (ended?.reason ?? 'SIGNED_OUT') === 'SIGNED_OUT') forget(lastPerson)
  lastPerson = null
}

function follow() {
  forgetWhoLeft()
  const now = isInside() ? own() : null
  if (now === person) return
  person = now
  keepFor(now)
  stopOutbox()
  dropThreads()
  heard.clear()
  joined = new Set()
  chat.set({ ...nothing(), current: null })
  if (!now) return
  startOutbox()
  if (socket.connection.get().state === 'live') catchUp()
}

const handlers = {
  CHANNEL_JOINED({ channel, messages = [], changed = [], last, revision, more, reset }) {
    if (reset) return forgetHistory(channel, last, revision)
    takeMessages(channel, messages, { missed: true })
    for (const message of changed) takeChange(message)
    if (!more) hear(channel, { last, revision })
  },
  CHAT_MESSAGE(message) {
    takeMessages(message.channel, [message])
    announceMessage(message)
  },
  CHAT_ACK: acknowledged,
  CHAT_EDITED(message) {
    takeChange(message)
    if (same(channelOf(message.channel)?.preview?.id ?? '', message.id)) reloadSoon()
  },
  CHAT_DELETED(frame) {
    if (isListed(frame.channel, frame.id)) reloadSoon()
    takePatch(frame, { deletedAt: frame.deletedAt, deletedBy: frame.deletedBy, text: '', files: [], reactions: [], pinnedAt: null })
  },
  CHAT_REACTION: frame => takePatch(frame, { reactions: frame.reactions }),
  CHAT_PINNED: frame => takePatch(frame, { pinnedAt: frame.pinnedAt, pinnedBy: frame.pinnedBy }),
  READ({ channel, userId, id, unread, mentions }) {
    if (userId === own()) changeChannel(channel, known => ({ readId: greater(known.readId ?? '0', id), unread: unread ?? 0, mentions: mentions ?? 0 }))
    heldThread(channel)?.set(({ reads }) => ({ reads: { ...reads, [userId]: greater(reads[userId] ?? '0', id) } }))
  },
  USER_TYPING({ channel, userId, userName, isTyping }) {
    const thread = heldThread(channel)
    if (!thread) return
    const without = ({ typing }) => typing.filter(one => one.id !== userId)
    if (!isTyping) return thread.set(state => ({ typing: without(state) }))
    const until = Date.now() + typingLasts
    thread.set(state => ({ typing: [...without(state), { id: userId, name: userName, until }] }))
    setTimeout(() => thread.set(({ typing }) => ({ typing: typing.filter(one => one.until > Date.now()) })), typingLasts + 50)
  },
  CHANNEL_LEFT({ channel, reason }) {
    joined.delete(String(channel))
    if (reason === 'REMOVED' || reason === 'DELETED') {
      dropChannel(channel)
      closeThread(channel, null)
    }
    reloadSoon()
  },
  CHANNEL_CHANGED({ channel, change, memberCount }) {
    // Others came or went: their number is all that the list shows of them.
    if (change === 'members' && Number.isInteger(memberCount)) changeChannel(channel, { memberCount })
    else reloadSoon()
  },
  ERROR({ clientId, message }) { if (clientId) refused({ clientId, message }) },
}

/** Too much has changed to be told singly: what is held of the channel is fetched anew. */
function forgetHistory(id, last, revision) {
  hear(id, { last, revision })
  if (heldThread(id)?.get().loaded) newest(id)
}

/** Follows the chat for as long as somebody is signed in here. */
export function startChat() {
  session.subscribe(follow)
  for (const [type, take] of Object.entries(handlers))
    socket.addEventListener(type, ({ detail }) => { if (person) take(detail) })
  socket.addEventListener('catch-up', () => { if (person) catchUp() })
  socket.connection.subscribe(({ state }) => { if (state !== 'live' && person) interrupted() })
  chat.subscribe(({ guest }) => { if (guest) join(guest.id) })
  follow()
}
