import { createStore } from '../store.js'
import { own } from './channels.js'
import { same } from './ids.js'
import { emptyWindow, shortened } from './message-window.js'

/** How many threads stay in memory, including the open one. */
const threadsKept = 6

/** How many messages one request fetches. */
export const pageSize = 50

const threads = new Map()
const blank = () => ({
  ...emptyWindow(), loaded: false, loading: null, error: null, pending: [], unreadFrom: null, readUpTo: null, unreadCount: 0, fresh: 0,
  typing: [], reads: {}, replyingTo: null, editing: null, target: null, following: true, arriving: [], late: [],
})

/** The thread of a channel, created on first use and filled by `openChannel`. */
export function threadOf(id) {
  const key = String(id)
  if (!threads.has(key)) threads.set(key, createStore(blank()))
  return threads.get(key)
}

/** The thread of a channel if it is in memory, else null. */
export const heldThread = id => threads.get(String(id)) ?? null
export const typingIn = id => heldThread(id)?.get().typing ?? []

/** The message window of a thread's state. */
export const windowOf = ({ messages, more, newer }) => ({ messages, more, newer })

/** The user's last message in the loaded part that is not deleted; null when there is none. */
export const myLastMessage = id =>
  heldThread(id)?.get().messages.findLast(message => message.authorId === own() && !message.deletedAt) ?? null

/** Marks a thread as the one used last: beyond `threadsKept` the least recently used is dropped. */
export function touchThread(id) {
  const thread = threadOf(id)
  threads.delete(String(id))
  threads.set(String(id), thread)
  return thread
}

/** Hides the bar that leads to the unread messages. */
export const forgetUnread = id => threadOf(id).set({ readUpTo: null, unreadCount: 0 })

/** Shortens a thread that is no longer open to its latest page, and drops the least recently used threads. */
export function leaveThread(id) {
  const thread = threadOf(id)
  thread.set(state => state.newer || !state.loaded
    ? { ...emptyWindow(), loaded: false, unreadFrom: null, target: null, editing: null }
    : { ...shortened(windowOf(state), pageSize), unreadFrom: null, target: null, editing: null })
  for (const key of threads.keys()) {
    if (threads.size <= threadsKept) break
    if (!same(key, id) && !threads.get(key).get().pending.length) threads.delete(key)
  }
}

/** Empties the thread of a channel that the user may no longer read; `error` is shown in its place. */
export function closeThread(id, error) {
  heldThread(id)?.set({ ...emptyWindow(), loaded: false, loading: null, token: null, error, replyingTo: null, editing: null, arriving: [], typing: [] })
}

/** Drops all threads, after signing out. */
export const dropThreads = () => threads.clear()
