import { createStore } from './store.js'
import { isInside, session, socket } from './session.js'

/** Who is here: distinct people with an open connection, as the server derives them. */
export const presence = createStore({ count: 0, users: [] })

export const isHere = id => presence.get().users.some(user => String(user.id) === String(id))

/** "CF" of "Claire Fontaine". */
export const initials = name => name.split(/[\s.-]+/).map(word => word[0] ?? '').join('').slice(0, 2).toUpperCase()

/** One of six tones, always the same for one person. */
export const toneOf = id => [...String(id)].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6

let release = null

function follow() {
  if (isInside() === Boolean(release)) return
  if (isInside()) {
    release = socket.subscribe('presence')
  } else {
    release()
    release = null
    presence.set({ count: 0, users: [] })
  }
}

/** Follows the presence for as long as somebody is signed in here. */
export function startPresence() {
  session.subscribe(follow)
  follow()
  socket.addEventListener('PRESENCE', ({ detail }) => presence.set({ count: detail.count, users: detail.users ?? [] }))
}
