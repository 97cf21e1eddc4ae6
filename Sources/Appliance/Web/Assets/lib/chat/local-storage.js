import { session } from '../session.js'

/**
 * Unsent messages and drafts of the signed-in user in `localStorage`, shared by all tabs of the browser. Each
 * has a key of its own, so that one tab never overwrites what another has stored.
 */
const outKey = (person, clientId = '') => `obox.out.${person}.${clientId}`
const draftKey = (person, channel = '') => `obox.draft.${person}.${channel}`
let owner = null
const listeners = { message: () => {}, draft: () => {} }

/** Runs `work`; null when storage is disabled or full, in which case the data lives as long as the page. */
const attempt = work => { try { return work() } catch { return null } }

/** Selects the user whose data is read and written; null when nobody is signed in. */
export function setOwner(person) {
  owner = person
  if (person) migrate(person)
}

/** Moves data from the single key that earlier versions used. */
function migrate(person) {
  const key = `obox.chat.${person}`
  const old = attempt(() => JSON.parse(localStorage.getItem(key)))
  if (!old) return
  for (const entry of old.outbox ?? []) write(outKey(person, entry.clientId), entry)
  for (const [channel, draft] of Object.entries(old.drafts ?? {})) write(draftKey(person, channel), draft)
  write(key, null)
}

/** The values of all keys with that prefix, by the rest of the key. */
function stored(prefix) {
  const found = {}
  attempt(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(prefix)) found[key.slice(prefix.length)] = JSON.parse(localStorage.getItem(key))
  })
  return found
}

const write = (key, value) =>
  attempt(() => value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key))
const isOwners = () => owner !== null && owner === String(session.get().user?.id)

/** The unsent messages, oldest first. */
export const storedMessages = () => owner === null ? []
  : Object.values(stored(outKey(owner))).sort((one, other) => one.createdAt < other.createdAt ? -1 : 1)

/** Stores one unsent message; null removes it. */
export const storeMessage = (clientId, entry) => { if (isOwners()) write(outKey(owner, clientId), entry) }

/** The drafts by channel: {text, files, at}. */
export const storedDrafts = () => owner === null ? {} : stored(draftKey(owner))
export const storeDraft = (channel, draft) => { if (isOwners()) write(draftKey(owner, channel), draft) }

/** Removes everything of a user who has signed out. */
export function removeAll(person) {
  for (const clientId of Object.keys(stored(outKey(person)))) write(outKey(person, clientId), null)
  for (const channel of Object.keys(stored(draftKey(person)))) write(draftKey(person, channel), null)
}

/** Calls `listener(id, value)` when another tab stores or (value null) removes a "message" or a "draft". */
export const onStoredElsewhere = (kind, listener) => { listeners[kind] = listener }

globalThis.addEventListener('storage', ({ key, newValue }) => {
  if (!key || owner === null) return
  const value = attempt(() => JSON.parse(newValue))
  for (const [kind, prefix] of [['message', outKey(owner)], ['draft', draftKey(owner)]])
    if (key.startsWith(prefix)) listeners[kind](key.slice(prefix.length), value)
})
