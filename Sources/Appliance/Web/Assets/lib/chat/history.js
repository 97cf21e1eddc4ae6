import { get } from '../api.js'
import { publishMessage } from './arrivals.js'
import { channelOf, own } from './channels.js'
import { before } from './ids.js'
import { pageSize, windowOf, threadOf } from './threads.js'
import { arrived, changed, extendedBack, extendedOn, found, replaced } from './message-window.js'

const pageOf = (id, query) => get(`/api/chat/channels/${encodeURIComponent(id)}/messages?limit=${pageSize}${query}`)

/**
 * Runs a fetch of a thread, and drops its answer when another one was started meanwhile. Resolves to the
 * page; an error goes into the thread's state.
 */
async function loading(id, what, work) {
  const thread = threadOf(id)
  const token = {}
  thread.set({ loading: what, error: null, token, arriving: [], late: [] })
  try {
    const page = await work()
    if (thread.get().token !== token) return
    for (const message of page) publishMessage(message)
    return page
  } catch (error) {
    if (thread.get().token === token) thread.set({ error })
  } finally {
    if (thread.get().token === token) thread.set({ loading: null })
  }
}

/**
 * Sets `unreadFrom` (the line "New") to the first message of others after `readUpTo`, once that is loaded.
 */
export function markUnread(id) {
  const thread = threadOf(id)
  const { readUpTo, unreadFrom, messages, more } = thread.get()
  if (readUpTo === null || unreadFrom) return
  const first = messages.findIndex(message => before(readUpTo, message.id) && message.authorId !== own())
  const enclosed = first > 0 || !more || before(messages[0]?.id ?? Infinity, readUpTo)
  if (first >= 0 && enclosed) thread.set({ unreadFrom: messages[first].id })
}

/** Loads the latest page of a channel; messages received meanwhile are appended to it. */
export async function newest(id) {
  const thread = threadOf(id)
  const page = await loading(id, 'newest', () => pageOf(id, ''))
  if (!page) return
  thread.set(state => {
    const fetched = replaced(page, { more: page.length === pageSize, newer: false })
    const last = fetched.messages.at(-1)?.id ?? '0'
    const live = state.arriving.filter(message => before(last, message.id))
    return { ...upToDate(state, extendedOn(fetched, live, false)), loaded: true, fresh: 0 }
  })
  markUnread(id)
}

/** Applies to a page the changes that were received while it was fetched. */
const upToDate = ({ late }, view) =>
  late.reduce((known, { id, revision, make }) => changed(known, id, revision, make), view)

const withPage = (id, extend) => {
  threadOf(id).set(state => upToDate(state, extend(windowOf(state), state)))
  markUnread(id)
}

/** Loads the page before the oldest message. */
export async function older(id) {
  const { messages, more, loading: busy } = threadOf(id).get()
  if (!more || busy || !messages.length) return
  const page = await loading(id, 'older', () => pageOf(id, `&before=${messages[0].id}`))
  if (page) withPage(id, view => extendedBack(view, page, page.length === pageSize))
}

/** Loads the page after the latest message. */
export async function newer(id) {
  const { messages, newer: beyond, loading: busy } = threadOf(id).get()
  if (!beyond || busy || !messages.length) return
  const page = await loading(id, 'newer', () => pageOf(id, `&after=${messages.at(-1).id}`))
  if (page) withPage(id, (view, { arriving, following }) => {
    const next = extendedOn(view, page, page.length === pageSize)
    const last = next.messages.at(-1)?.id ?? '0'
    return next.newer ? next : arrived(next, arriving.filter(message => before(last, message.id)), following)
  })
}

/** Goes to the end of the channel and follows it. */
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
  threadOf(id).set(state => ({
    ...upToDate(state, replaced(page, { more: page.length > 0, newer: !end || before(last, end) })), loaded: true, following: false,
  }))
  markUnread(id)
  return true
}

let jumps = 0

/**
 * Loads the page around a message unless it is loaded, and sets it as `target`. Resolves to whether it
 * exists.
 */
export async function jumpTo(id, message) {
  const thread = threadOf(id)
  if (!found(windowOf(thread.get()), message) && !await around(id, message)) return false
  const there = Boolean(found(windowOf(thread.get()), message))
  if (there) thread.set({ target: { id: String(message), at: jumps += 1 }, following: false })
  return there
}

/** Goes to the first unread message of the open channel. */
export async function jumpToUnread(id) {
  const thread = threadOf(id)
  const { readUpTo, unreadFrom } = thread.get()
  if (!unreadFrom) await around(id, String(Number(readUpTo ?? 0) + 1))
  const first = thread.get().unreadFrom
  if (first) thread.set({ target: { id: first, at: jumps += 1 }, following: false })
}
