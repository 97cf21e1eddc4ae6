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

/** The edit of a message that was begun in a channel and not sent: `{id, text}`, or null. */
export function editOf(channel) {
  follow()
  return edits[channel] ?? null
}

/** Stores the new text of a message while it is typed, in this tab and over a reload; null removes it. */
export function keepEdit(channel, edit) {
  follow()
  if (!owner || (!edit && !edits[channel])) return
  const { [channel]: _, ...others } = edits
  edits = edit ? { ...others, [channel]: edit } : others
  keep()
}

session.subscribe(follow)
