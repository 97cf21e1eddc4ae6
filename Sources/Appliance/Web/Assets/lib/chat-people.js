import { get } from './api.js'
import { folded } from './emoji.js'
import { createStore } from './store.js'
import { queryOf } from './people.js'
import { session, socket } from './session.js'

const freshFor = 60_000
/** The members of larger channels are not fetched at each change, but when they are next shown. */
const fewPeople = 50

/** The fetched members by channel: {channel: [{id, name, username, avatar, role, joinedAt, readId}]}. */
export const members = createStore({ byChannel: {} })
const asked = new Map()

/**
 * Fetches the members of a channel unless that was done within a minute; `anew`: in any case. Throws
 * `ApiError`.
 */
export async function fetchMembers(channel, { anew = false } = {}) {
  const before = asked.get(channel)
  if (!anew && before && Date.now() - before.at < freshFor) return before.promise
  const promise = get(`/api/chat/channels/${encodeURIComponent(channel)}/members`)
  asked.set(channel, { at: Date.now(), promise })
  try {
    const list = await promise
    members.set(({ byChannel }) => ({ byChannel: { ...byChannel, [channel]: list } }))
    return list
  } catch (error) {
    asked.delete(channel)
    throw error
  }
}

/** The members of a channel; null before the first answer. */
export const membersOf = channel => members.get().byChannel[channel] ?? null

/** Those whose name or username starts with the text first, then those with a word that does; else in their order. */
export function bestFirst(people, typed) {
  const wanted = folded(typed.trim())
  const rank = ({ name, username }) => {
    const names = [folded(name ?? ''), folded(username ?? '')]
    return names.some(one => one.startsWith(wanted)) ? 0 : names.some(one => one.includes(` ${wanted}`)) ? 1 : 2
  }
  return people.map((one, at) => [rank(one), at, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , one]) => one)
}

/** Searches the directory, without the user and accounts that cannot sign in. */
export async function findInDirectory(typed, { signal, limit = 20 } = {}) {
  const found = await get('/api/users' + queryOf({ q: typed, limit }), { signal })
  const own = String(session.get().user?.id)
  return found.filter(one => String(one.id) !== own && one.isActive !== false && one.isApproved !== false)
}

socket.addEventListener('CHANNEL_CHANGED', ({ detail }) => {
  const channel = String(detail.channel)
  if (!asked.has(channel)) return
  if (detail.change === 'deleted' || detail.change === 'removed' || detail.memberCount > fewPeople) return asked.delete(channel)
  if (detail.change === 'members') fetchMembers(channel, { anew: true }).catch(() => { /* the user may no longer see them */ })
})
session.subscribe(({ user }) => {
  if (user || !asked.size) return
  asked.clear()
  members.set({ byChannel: {} })
})
