import { isInside, session, socket } from '../session.js'
import {
  changeChannel, channelOf, chat, dropChannel, isListed, noteReceived, nothing, own, received, reloadChannels, visit,
} from './channels.js'
import { greater, same } from './ids.js'
import { newest } from './history.js'
import { removeAll, setOwner } from './local-storage.js'
import { acknowledged, interrupted, refused, resend, startOutbox, stopOutbox } from './outgoing.js'
import { announceMessage, applyChange, applyPatch, receiveMessages } from './incoming.js'
import { closeThread, dropThreads, heldThread } from './threads.js'

const typingLasts = 7000
let joined = new Set()
let person = null
let lastPerson = null
let reloading = null

/**
 * Joins a channel from the last message and revision received, so that the server sends only what is newer.
 */
function join(id) {
  if (joined.has(String(id)) || socket.connection.get().state !== 'live') return
  const { last, revision } = received.get(String(id)) ?? { last: '0', revision: 0 }
  joined.add(String(id))
  socket.send('JOIN_CHANNEL', { channel: String(id), since: last, revision })
}

function joinAll() {
  const { channels, guest } = chat.get()
  for (const channel of channels) join(channel.id)
  if (guest) join(guest.id)
}

/**
 * After a connection: joins the channels known, sends what waits, then fetches the list and joins what is new
 * in it.
 */
async function catchUp() {
  joined = new Set()
  joinAll()
  resend()
  await reloadChannels()
  joinAll()
  checkOpen()
}

/**
 * When the open channel is no longer in the list, shows it as a visitor if it is public, and else closes its
 * thread.
 */
async function checkOpen() {
  const { current, ready, error } = chat.get()
  if (!current || !ready || error || channelOf(current)) return
  try { await visit(current) } catch (refusal) { if (refusal.status) closeThread(current, refusal) }
}

/** Fetches the list once for several changes in a row. */
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

/**
 * Removes unsent messages and drafts when the user signs out, but not when the session expires or is ended
 * elsewhere.
 */
function forgetWhoLeft() {
  const { ready, user, ended } = session.get()
  if (user) return void (lastPerson = own())
  if (ready && lastPerson && (ended?.reason ?? 'SIGNED_OUT') === 'SIGNED_OUT') removeAll(lastPerson)
  lastPerson = null
}

function follow() {
  forgetWhoLeft()
  const now = isInside() ? own() : null
  if (now === person) return
  person = now
  setOwner(now)
  stopOutbox()
  dropThreads()
  received.clear()
  joined = new Set()
  chat.set({ ...nothing(), current: null })
  if (!now) return
  startOutbox()
  if (socket.connection.get().state === 'live') catchUp()
}

const handlers = {
  CHANNEL_JOINED({ channel, messages = [], changed = [], last, revision, more, reset }) {
    if (reset) return forgetHistory(channel, last, revision)
    receiveMessages(channel, messages, { missed: true })
    for (const message of changed) applyChange(message)
    if (!more) noteReceived(channel, { last, revision })
  },
  CHAT_MESSAGE(message) {
    receiveMessages(message.channel, [message])
    announceMessage(message)
  },
  CHAT_ACK: acknowledged,
  CHAT_EDITED(message) {
    applyChange(message)
    if (same(channelOf(message.channel)?.preview?.id ?? '', message.id)) reloadSoon()
  },
  CHAT_DELETED(frame) {
    if (isListed(frame.channel, frame.id)) reloadSoon()
    applyPatch(frame, { deletedAt: frame.deletedAt, deletedBy: frame.deletedBy, text: '', files: [], reactions: [], pinnedAt: null })
  },
  CHAT_REACTION: frame => applyPatch(frame, { reactions: frame.reactions }),
  CHAT_PINNED: frame => applyPatch(frame, { pinnedAt: frame.pinnedAt, pinnedBy: frame.pinnedBy }),
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
    // The list shows only the number of members.
    if (change === 'members' && Number.isInteger(memberCount)) changeChannel(channel, { memberCount })
    else reloadSoon()
  },
  ERROR({ clientId, message }) { if (clientId) refused({ clientId, message }) },
}

/** The server has more changes than it sends one by one (`reset`): fetches the channel again. */
function forgetHistory(id, last, revision) {
  noteReceived(id, { last, revision })
  if (heldThread(id)?.get().loaded) newest(id)
}

/** Keeps the chat up to date while somebody is signed in. */
export function startChat() {
  session.subscribe(follow)
  for (const [type, handle] of Object.entries(handlers))
    socket.addEventListener(type, ({ detail }) => { if (person) handle(detail) })
  socket.addEventListener('catch-up', () => { if (person) catchUp() })
  socket.connection.subscribe(({ state }) => { if (state !== 'live' && person) interrupted() })
  chat.subscribe(({ guest }) => { if (guest) join(guest.id) })
  follow()
}
