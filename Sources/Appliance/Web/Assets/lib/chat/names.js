import { presence } from '../presence.js'
import { session } from '../session.js'

/** Names by id, of everyone whose messages were seen here. */
const names = new Map()

export const noteName = (id, name) => { if (id && name) names.set(String(id), name) }

/** What a person is called as far as this page has heard; null when it has not. */
export function nameOf(id) {
  const { user } = session.get()
  if (user && String(user.id) === String(id)) return user.name || user.username
  const here = presence.get().users.find(one => String(one.id) === String(id))
  return here?.name || here?.username || names.get(String(id)) || null
}
