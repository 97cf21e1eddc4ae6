import { createStore } from './store.js'
import { isInside, session, socket } from './session.js'

/** The users who are online (have an open connection). */
export const presence = createStore({ count: 0, users: [] })

export const isHere = id => presence.get().users.some(user => String(user.id) === String(id))

/** "CF" of "Claire Fontaine". */
export const initials = name => name.split(/[\s.-]+/).map(word => word[0] ?? '').join('').slice(0, 2).toUpperCase()

/** The number, of six, of a person's color. */
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

/** Keeps the presence up to date while somebody is signed in. */
export function startPresence() {
  session.subscribe(follow)
  follow()
  socket.addEventListener('PRESENCE', ({ detail }) => presence.set({ count: detail.count, users: detail.users ?? [] }))
}
