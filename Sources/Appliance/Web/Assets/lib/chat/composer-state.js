import { createStore } from '../store.js'
import { onStoredElsewhere, storeDraft, storedDrafts } from './local-storage.js'
import { heldThread, threadOf } from './threads.js'

/** Sets the message that the composer of a channel replies to; null: none. Ends an edit. */
export const replyTo = (channel, message) => threadOf(channel).set({ replyingTo: message, editing: null })

/** Sets the own message that the composer of a channel edits; null: none. Ends a reply. */
export const editMessage = (channel, message) => {
  if (message || heldThread(channel)?.get().editing)
    threadOf(channel).set({ editing: message, ...(message && { replyingTo: null }) })
}

const mostDrafts = 50

/**
 * The draft that another tab has changed last, with a number that grows with each change: {channel, number}.
 */
export const draftsElsewhere = createStore({ channel: null, number: 0 })

onStoredElsewhere('draft', channel => draftsElsewhere.set(({ number }) => ({ channel, number: number + 1 })))

/** The unsent text and files of a channel: {text, files}, or null. */
export const draftOf = channel => storedDrafts()[channel] ?? null

/** Stores a draft; an empty one or null removes it. Beyond 50 drafts the oldest is removed. */
export function keepDraft(channel, draft) {
  const worth = draft && (draft.text?.trim() || draft.files?.length)
  const { at, ...before } = draftOf(channel) ?? {}
  if (JSON.stringify(before) === JSON.stringify(worth ? draft : {})) return
  storeDraft(channel, worth ? { ...draft, at: Date.now() } : null)
  if (!worth) return
  const newestFirst = Object.entries(storedDrafts()).sort(([, one], [, other]) => (other.at ?? 0) - (one.at ?? 0))
  for (const [other] of newestFirst.slice(mostDrafts)) storeDraft(other, null)
}
