import { get } from '../api.js'
import { createStore } from '../store.js'
import { channelOf, chat, channelsReady, own, visit } from './channels.js'
import { before, same } from './ids.js'
import { noteName } from './names.js'
import { returned } from './sending.js'
import { emptyWindow, extendedBack, extendedOn, found, replaced, shortened } from './window.js'

const pageSize = 50
/** How many threads stay in memory, the open one among them. */
const threadsKept = 6

const threads = new Map()
const blank = () => ({
  ...emptyWindow(), loaded: false, loading: null, error: null, pending: [], unreadFrom: null, readUpTo: null, unreadCount: 0, fresh: 0,
  typing: [], reads: {}, replyingTo: null, editing: null, target: null, following: true,
})

/** The thread of a channel; made when asked for, filled by `openChannel`. */
export function threadOf(id) {
  const key = String(id)
  if (!threads.has(key)) threads.set(key, createStore(blank()))
  return threads.get(key)
}

/** The thread if there is one: for what comes by itself. */
export const heldThread = id => threads.get(String(id)) ?? null
export const typingIn = id => heldThread(id)?.get().typing ?? []

/** The stretch of history in a thread's state. */
export const stretchOf = ({ messages, more, newer }) => ({ messages, more, newer })

/** My last message there that still stands; null when none is near. */
export const myLastMessage = id =>
  heldThread(id)?.get().messages.findLast(message => message.authorId === own() && !message.deletedAt) ?? null

const pageOf = (id, query) => get(`/api/chat/channels/${encodeURIComponent(id)}/messages?limit=${pageSize}${query}`)

/** Runs one fetch of a thread at a time; a later "newest" or "around" overtakes. Errors are in its state. */
async function loading(id, what, work) {
  const thread = threadOf(id)
  const token = {}
  thread.set({ loading: what, error: null, token })
  try {
    const page = await work()
    if (thread.get().token !== token) return
    for (const message of page) {
      noteName(message.authorId, message.authorName)
      if (message.authorId === own()) returned(message)
    }
    return page
  } catch (error) {
    if (thread.get().token === token) thread.set({ error })
  } finally {
    if (thread.get().token === token) thread.set({ loading: null })
  }
}

/** Makes a channel the current one; a channel that I may not read leaves its error in the thread. */
export function openChannel(id) {
  const { current } = chat.get()
  if (id === null || id === undefined) {
    if (current) leave(current)
    chat.set({ current: null })
    return null
  }
  const key = String(id)
  const thread = threadOf(key)
  if (current === key) return thread
  if (current) leave(current)
  threads.delete(key)
  threads.set(key, thread)
  thread.set({ unreadFrom: null, readUpTo: null, fresh: 0, following: true, target: null })
  chat.set({ current: key })
  begin(key)
  return thread
}

async function begin(id) {
  const thread = threadOf(id)
  if (!channelOf(id)) {
    thread.set({ loading: 'newest', error: null })
    await channelsReady()
    if (chat.get().current !== id) return thread.set({ loading: null })
  }
  if (!channelOf(id)) {
    try { await visit(id) } catch (error) { return thread.set({ loading: null, error }) }
    if (chat.get().current !== id) return thread.set({ loading: null })
  }
  const channel = channelOf(id)
  thread.set({ readUpTo: channel?.unread > 0 ? channel.readId ?? '0' : null, unreadCount: channel?.unread ?? 0 })
  if (channel?.type === 'direct') fetchReads(id)
  if (thread.get().loading === 'around' || thread.get().target) return
  if (thread.get().loaded && !thread.get().newer) markUnread(id)
  else await newest(id)
}

async function fetchReads(id) {
  try {
    const members = await get(`/api/chat/channels/${encodeURIComponent(id)}/members`)
    for (const member of members) noteName(member.id, member.name || member.username)
    threadOf(id).set(({ reads }) => ({ reads: { ...Object.fromEntries(members.map(member => [member.id, member.readId ?? '0'])), ...reads } }))
  } catch { /* "Seen" is not said then */ }
}

/** The line "New" stands before the first message of others after what was read on opening. */
export function markUnread(id) {
  const thread = threadOf(id)
  const { readUpTo, unreadFrom, messages, more } = thread.get()
  if (readUpTo === null || unreadFrom) return
  const first = messages.findIndex(message => before(readUpTo, message.id) && message.authorId !== own())
  const enclosed = first > 0 || !more || before(messages[0]?.id ?? Infinity, readUpTo)
  if (first >= 0 && enclosed) thread.set({ unreadFrom: messages[first].id })
}

/** Loads the end of a channel anew; what came live meanwhile is later, and stays. */
export async function newest(id) {
  const thread = threadOf(id)
  const page = await loading(id, 'newest', () => pageOf(id, ''))
  if (!page) return
  thread.set(state => {
    const fetched = replaced(page, { more: page.length === pageSize, newer: false })
    const last = fetched.messages.at(-1)?.id ?? '0'
    const live = (state.arriving ?? []).filter(message => before(last, message.id))
    return { ...extendedOn(fetched, live, false), loaded: true, arriving: [], fresh: 0 }
  })
  markUnread(id)
}

const withPage = (id, extend) => {
  threadOf(id).set(state => extend(stretchOf(state)))
  markUnread(id)
}

/** Loads the page before the oldest message. */
export async function older(id) {
  const { messages, more, loading: busy } = threadOf(id).get()
  if (!more || busy || !messages.length) return
  const page = await loading(id, 'older', () => pageOf(id, `&before=${messages[0].id}`))
  if (page) withPage(id, stretch => extendedBack(stretch, page, page.length === pageSize))
}

/** Loads the page after the latest message. */
export async function newer(id) {
  const { messages, newer: beyond, loading: busy } = threadOf(id).get()
  if (!beyond || busy || !messages.length) return
  const page = await loading(id, 'newer', () => pageOf(id, `&after=${messages.at(-1).id}`))
  if (page) withPage(id, stretch => extendedOn(stretch, page, page.length === pageSize))
}

/** Back to the end of the channel. */
export async function toNewest(id) {
  const thread = threadOf(id)
  thread.set({ following: true, fresh: 0, target: null })
  if (!thread.get().newer && thread.get().loaded) return
  await newest(id)
  thread.set({ following: true })
}

async function around(id, message) {
  const page = await loading(id, 'around', () => pageOf(id, `&around=${message}`))
  if (!page) return false
  const last = page[0]?.id ?? '0'
  const end = channelOf(id)?.last
  threadOf(id).set({ ...replaced(page, { more: page.length > 0, newer: !end || before(last, end) }), loaded: true, following: false, arriving: [] })
  markUnread(id)
  return true
}

let jumps = 0

/** Shows that message: loads what stands around it unless it is there, and names it as `target`. Tells whether it is there. */
export async function jumpTo(id, message) {
  const thread = threadOf(id)
  if (!found(stretchOf(thread.get()), message) && !await around(id, message)) return false
  const there = Boolean(found(stretchOf(thread.get()), message))
  if (there) thread.set({ target: { id: String(message), at: jumps += 1 }, following: false })
  return there
}

/** The bar that leads to the unread messages has done its duty, or is not wanted. */
export const forgetUnread = id => threadOf(id).set({ readUpTo: null, unreadCount: 0 })

/** Tries once more what has failed. */
export function again(id) {
  const { loaded, more } = threadOf(id).get()
  threadOf(id).set({ error: null })
  if (!loaded) begin(String(id))
  else if (more) older(id)
}

/** Goes to the first unread message of the open channel. */
export async function jumpToUnread(id) {
  const thread = threadOf(id)
  const { readUpTo, unreadFrom } = thread.get()
  if (!unreadFrom) await around(id, String(Number(readUpTo ?? 0) + 1))
  const first = thread.get().unreadFrom
  if (first) thread.set({ target: { id: first, at: jumps += 1 }, following: false })
}

/** A thread that is no longer looked at keeps its end only, and of too many the longest unused goes. */
function leave(id) {
  const thread = threadOf(id)
  thread.set(state => state.newer || !state.loaded
    ? { ...emptyWindow(), loaded: false, unreadFrom: null, target: null, editing: null }
    : { ...shortened(stretchOf(state), pageSize), unreadFrom: null, target: null, editing: null })
  for (const key of threads.keys()) {
    if (threads.size <= threadsKept) break
    if (!same(key, id) && !threads.get(key).get().pending.length) threads.delete(key)
  }
}

/** Takes away what is held of a channel that may not be read any more; the refusal says so in its place. */
export function closeThread(id, error) {
  heldThread(id)?.set({ ...emptyWindow(), loaded: false, loading: null, token: null, error, replyingTo: null, editing: null, arriving: [], typing: [] })
}

/** Nobody is there any more. */
export const dropThreads = () => threads.clear()
