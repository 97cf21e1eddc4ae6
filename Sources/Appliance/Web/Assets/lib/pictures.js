import { get } from './api.js'
import { isInside, session } from './session.js'
import { presence } from './presence.js'

/** The addresses of people's pictures by id. */
const known = new Map()

/** The address of a person's picture; '' for none. Other servers' pictures are not shown. */
export function pictureOf({ id, avatar }) {
  if (avatar !== undefined) known.set(String(id), avatar ?? '')
  const address = known.get(String(id)) ?? ''
  return address.startsWith('/') ? address : ''
}

let asked = false

async function ask() {
  if (isInside() === asked) return
  asked = isInside()
  if (!asked) return known.clear()
  try {
    for (const { id, avatar } of await get('/api/users/pictures', { quiet: true })) known.set(String(id), avatar)
    // Elements with faces watch the presence.
    presence.set({})
  } catch { /* faces show initials */ }
}

/** Fetches the pictures when somebody has signed in. */
export function startPictures() {
  session.subscribe(ask)
  ask()
}
