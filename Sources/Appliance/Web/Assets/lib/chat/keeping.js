import { session } from '../session.js'

/** What a person has not sent yet, in this browser: {outbox: [entry], drafts: {channel: {text, files}}}. */
const keyOf = person => `obox.chat.${person}`
const fresh = () => ({ outbox: [], drafts: {} })
let owner = null
let kept = fresh()

function stored(person) {
  try { return { ...fresh(), ...JSON.parse(localStorage.getItem(keyOf(person))) } } catch { return fresh() }
}

/** Takes up what that person left here; null: nobody is there, and nothing of theirs stays in memory. */
export function keepFor(person) {
  owner = person
  kept = person ? stored(person) : fresh()
}

/** Forgets all of the person who has just signed out by themselves. */
export function forget(person) {
  try { localStorage.removeItem(keyOf(person)) } catch { /* storage is off */ }
}

export const keptNow = () => kept

/** Changes what is kept, and writes it down at once. */
export function keep(patch) {
  if (!owner || owner !== String(session.get().user?.id)) return
  kept = { ...kept, ...patch }
  const empty = !kept.outbox.length && !Object.keys(kept.drafts).length
  try {
    if (empty) localStorage.removeItem(keyOf(owner))
    else localStorage.setItem(keyOf(owner), JSON.stringify(kept))
  } catch { /* storage is off or full: it holds as long as the page */ }
}
