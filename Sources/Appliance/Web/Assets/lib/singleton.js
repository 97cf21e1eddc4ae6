import { place } from './router.js'
import { session } from './session.js'

const made = new Map()

/** The only element of a tag on the page; created at the end of the document when no page contains it. */
export function singleton(tag) {
  const placed = document.querySelector(tag)
  if (placed) return placed
  made.set(tag, document.body.appendChild(document.createElement(tag)))
  return made.get(tag)
}

/** Removes the created elements when the chat is left or the user signs out, so that no dialog stays open. */
function clear() {
  if (session.get().user && place.get().path.startsWith('/chat')) return
  for (const element of made.values()) element.remove()
  made.clear()
}

session.subscribe(clear)
place.subscribe(clear)
