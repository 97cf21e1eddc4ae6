import { createStore } from '../store.js'
import { storeDraft, storedDrafts } from './keeping.js'
import { heldThread, threadOf } from './threads.js'

/** The composer of that channel answers this message; null: none. */
export const replyTo = (channel, message) => threadOf(channel).set({ replyingTo: message, editing: null })

/** The composer of that channel changes this message of mine; null: none. */
export const editMessage = (channel, message) => {
  if (message || heldThread(channel)?.get().editing) threadOf(channel).set({ editing: message, ...(message && { replyingTo: null }) })
}

const draftsKept = 50

/** The draft that another tab has changed last: {channel, number}. */
export const draftsElsewhere = createStore({ channel: null, number: 0 })
export const draftChanged = channel => draftsElsewhere.set(({ number }) => ({ channel, number: number + 1 }))

/** What was typed for that channel and not sent: {text, files}, or null. */
export const draftOf = channel => storedDrafts()[channel] ?? null

/** Keeps what is being typed; null or nothing forgets it. Of too many the oldest goes. */
export function keepDraft(channel, draft) {
  const worth = draft && (draft.text?.trim() || draft.files?.length)
  const { at, ...before } = draftOf(channel) ?? {}
  if (JSON.stringify(before) === JSON.stringify(worth ? draft : {})) return
  storeDraft(channel, worth ? { ...draft, at: Date.now() } : null)
  if (!worth) return
  const oldest = Object.entries(storedDrafts()).sort(([, one], [, other]) => (other.at ?? 0) - (one.at ?? 0)).slice(draftsKept)
  for (const [other] of oldest) storeDraft(other, null)
}
