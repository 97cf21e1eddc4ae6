import { get } from '../api.js'
import { channelOf, chat, channelsReady, visit } from './channels.js'
import { markUnread, newest, older } from './history.js'
import { noteName } from './names.js'
import { leaveThread, threadOf, touchThread } from './threads.js'

/** Opens a channel (null: none) and returns its thread; an error goes into the thread's state. */
export function openChannel(id) {
  const { current } = chat.get()
  if (id === null || id === undefined) {
    if (current) leaveThread(current)
    chat.set({ current: null })
    return null
  }
  const key = String(id)
  if (current === key) return threadOf(key)
  if (current) leaveThread(current)
  const thread = touchThread(key)
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
  } catch { /* "Seen" is not shown then */ }
}

/** Repeats the fetch that failed. */
export function again(id) {
  const { loaded, more } = threadOf(id).get()
  threadOf(id).set({ error: null })
  if (!loaded) begin(String(id))
  else if (more) older(id)
}
