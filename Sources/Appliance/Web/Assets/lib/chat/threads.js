import { createStore } from '../store.js'
import { own } from './channels.js'
import { same } from './ids.js'
import { emptyWindow, shortened } from './window.js'

/** How many threads stay in memory, the open one among them. */
const threadsKept = 6

/** How many messages are fetched at once. */
export const pageSize = 50

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

/** Notes that a thread is used, as of too many the longest unused goes. */
export function touchThread(id) {
  const thread = threadOf(id)
  threads.delete(String(id))
  threads.set(String(id), thread)
  return thread
}

/** The bar that leads to the unread messages has done its duty, or is not wanted. */
export const forgetUnread = id => threadOf(id).set({ readUpTo: null, unreadCount: 0 })

/** A thread that is no longer looked at keeps its end only, and of too many the longest unused goes. */
export function leaveThread(id) {
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
