import { place } from './router.js'
import { session } from './session.js'

const made = new Map()

/** The page's one element of that tag: where a screen has placed it, or else at the end of the document. */
export function singleton(tag) {
  const placed = document.querySelector(tag)
  if (placed) return placed
  made.set(tag, document.body.appendChild(document.createElement(tag)))
  return made.get(tag)
}

/** What was made for the chat goes with it: no dialog stays open over another screen, or after signing out. */
function clear() {
  if (session.get().user && place.get().path.startsWith('/chat')) return
  for (const element of made.values()) element.remove()
  made.clear()
}

session.subscribe(clear)
place.subscribe(clear)
