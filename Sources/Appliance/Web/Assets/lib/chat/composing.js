import { keep, keptNow } from './keeping.js'
import { heldThread, threadOf } from './threads.js'

/** The composer of that channel answers this message; null: none. */
export const replyTo = (channel, message) => threadOf(channel).set({ replyingTo: message, editing: null })

/** The composer of that channel changes this message of mine; null: none. */
export const editMessage = (channel, message) => {
  if (message || heldThread(channel)?.get().editing) threadOf(channel).set({ editing: message, ...(message && { replyingTo: null }) })
}

const draftsKept = 50

/** What was typed for that channel and not sent: {text, files}, or null. */
export const draftOf = channel => keptNow().drafts[channel] ?? null

/** Keeps what is being typed; null or nothing forgets it. Of too many the oldest goes. */
export function keepDraft(channel, draft) {
  const { [channel]: _, ...others } = keptNow().drafts
  const worth = draft && (draft.text?.trim() || draft.files?.length)
  if (!worth && !_) return
  const drafts = worth ? { ...others, [channel]: draft } : others
  keep({ drafts: Object.fromEntries(Object.entries(drafts).slice(-draftsKept)) })
}
