import { session } from '../session.js'

/**
 * What a person has not sent yet, in this browser, for all its tabs: each message and each draft under a key of its own, so
 * that no tab writes over what another one keeps.
 */
const outKey = (person, clientId = '') => `obox.out.${person}.${clientId}`
const draftKey = (person, channel = '') => `obox.draft.${person}.${channel}`
let owner = null
let listener = () => {}

const attempt = work => { try { return work() } catch { return null /* storage is off or full: it holds as long as the page */ } }

/** Takes up what that person left here; null: nobody is there, and nothing of theirs stays in memory. */
export function keepFor(person) {
  owner = person
  if (person) bringOver(person)
}

/** Before tabs were one client, all of it was under one key. */
function bringOver(person) {
  const key = `obox.chat.${person}`
  const old = attempt(() => JSON.parse(localStorage.getItem(key)))
  if (!old) return
  for (const entry of old.outbox ?? []) write(outKey(person, entry.clientId), entry)
  for (const [channel, draft] of Object.entries(old.drafts ?? {})) write(draftKey(person, channel), draft)
  write(key, null)
}

/** {rest of key: value} of all keys that begin so. */
function stored(prefix) {
  const found = {}
  attempt(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) found[key.slice(prefix.length)] = JSON.parse(localStorage.getItem(key))
  })
  return found
}

const write = (key, value) => attempt(() => value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key))
const isOwners = () => owner !== null && owner === String(session.get().user?.id)

/** The messages that wait to be sent, oldest first. */
export const storedMessages = () =>
  owner === null ? [] : Object.values(stored(outKey(owner))).sort((one, other) => one.createdAt < other.createdAt ? -1 : 1)

/** Writes one of them down at once; null: it needs no keeping any more. */
export const storeMessage = (clientId, entry) => { if (isOwners()) write(outKey(owner, clientId), entry) }

/** The drafts by channel: {text, files, at}. */
export const storedDrafts = () => owner === null ? {} : stored(draftKey(owner))
export const storeDraft = (channel, draft) => { if (isOwners()) write(draftKey(owner, channel), draft) }

/** Forgets all of the person who has just signed out by themselves. */
export function forget(person) {
  for (const clientId of Object.keys(stored(outKey(person)))) write(outKey(person, clientId), null)
  for (const channel of Object.keys(stored(draftKey(person)))) write(draftKey(person, channel), null)
}

/** Has `changed({message | draft: id, value})` hear what other tabs keep. */
export const whenKeptElsewhere = changed => { listener = changed }

globalThis.addEventListener('storage', ({ key, newValue }) => {
  if (!key || owner === null) return
  const value = attempt(() => JSON.parse(newValue))
  for (const [what, prefix] of [['message', outKey(owner)], ['draft', draftKey(owner)]])
    if (key.startsWith(prefix)) listener({ [what]: key.slice(prefix.length), value })
})
