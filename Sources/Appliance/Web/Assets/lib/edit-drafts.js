import { session } from './session.js'

const keyOf = person => `obox.edits.${person}`
let owner = null
let edits = {}

function take(person) {
  if (owner && !person && !session.get().ended) try { sessionStorage.removeItem(keyOf(owner)) } catch { /* storage is off */ }
  owner = person
  try { edits = person ? JSON.parse(sessionStorage.getItem(keyOf(person))) ?? {} : {} } catch { edits = {} }
}

function follow() {
  const person = session.get().user ? String(session.get().user.id) : null
  if (person !== owner) take(person)
}

function keep() {
  try { sessionStorage.setItem(keyOf(owner), JSON.stringify(edits)) } catch { /* storage is off */ }
}

/** The change of a message that was begun in a channel and not sent: `{id, text}`, or null. */
export function editOf(channel) {
  follow()
  return edits[channel] ?? null
}

/** Keeps what is being typed as a message's new text, in this tab and over a reload; null forgets it. */
export function keepEdit(channel, edit) {
  follow()
  if (!owner || (!edit && !edits[channel])) return
  const { [channel]: _, ...others } = edits
  edits = edit ? { ...others, [channel]: edit } : others
  keep()
}

session.subscribe(follow)
