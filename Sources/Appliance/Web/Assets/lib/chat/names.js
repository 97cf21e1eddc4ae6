import { presence } from '../presence.js'
import { session } from '../session.js'
import { onMessage } from './arrivals.js'

/** Names by user id, of the authors of all messages received. */
const names = new Map()

export const noteName = (id, name) => { if (id && name) names.set(String(id), name) }

/** The name of a user as far as this page knows it; null when it does not. */
export function nameOf(id) {
  const { user } = session.get()
  if (user && String(user.id) === String(id)) return user.name || user.username
  const here = presence.get().users.find(one => String(one.id) === String(id))
  return here?.name || here?.username || names.get(String(id)) || null
}

onMessage(({ authorId, authorName }) => noteName(authorId, authorName))
