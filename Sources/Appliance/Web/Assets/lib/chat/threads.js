import { get } from '../api.js'
import { createStore } from '../store.js'
import { channelOf, chat, channelsReady, own, visit } from './channels.js'
import { same } from './ids.js'
import { noteName } from './names.js'
import { markUnread, newest, older, pageSize } from './history.js'
import { emptyWindow, shortened } from './window.js'

/** How many threads stay in memory, the open one among them. */
const threadsKept = 6

const threads = new Map()
const blank = () => ({
  ...emptyWindow(), loaded: false, loading: null, error: null, pending: [], unreadFrom: null, readUpTo: null, unreadCount: 0, fresh: 0,
  typing: [], reads: {}, replyingTo: null, editing: null, target: null, following: true, arriving: [], late: [],
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

/** The bar that leads to the unread messages has done its duty, or is not wanted. */
export const forgetUnread = id => threadOf(id).set({ readUpTo: null, unreadCount: 0 })

/** Tries once more what has failed. */
export function again(id) {
  const { loaded, more } = threadOf(id).get()
  threadOf(id).set({ error: null })
  if (!loaded) begin(String(id))
  else if (more) older(id)
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
