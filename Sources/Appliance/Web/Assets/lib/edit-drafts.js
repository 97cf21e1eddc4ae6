import { session } from './session.js'

const keyOf = person => `obox.edits.${person}`
let owner = null
let edits = {}

function load(person) {
  if (owner && !person && !session.get().ended) try { sessionStorage.removeItem(keyOf(owner)) } catch { /* storage is off */ }
  owner = person
  try { edits = person ? JSON.parse(sessionStorage.getItem(keyOf(person))) ?? {} : {} } catch { edits = {} }
}

function follow() {
  const person = session.get().user ? String(session.get().user.id) : null
  if (person !== owner) load(person)
}

function keep() {
  try { sessionStorage.setItem(keyOf(owner), JSON.stringify(edits)) } catch { /* storage is off */ }
}

/** The edit that was begun at a place and not sent, or null: `{id, text}` of a message in a channel. */
export function editOf(place) {
  follow()
  return edits[place] ?? null
}

/** Stores an edit while it is typed, in this tab and over a reload; null removes it. */
export function keepEdit(place, edit) {
  follow()
  if (!owner || (!edit && !edits[place])) return
  const { [place]: _, ...others } = edits
  edits = edit ? { ...others, [place]: edit } : others
  keep()
}

session.subscribe(follow)
