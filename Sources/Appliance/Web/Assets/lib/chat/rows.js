import { dayOf } from './times.js'
import { same } from './ids.js'

/** Messages of one author within this time are grouped under one name. */
const togetherFor = 5 * 60_000

/**
 * The rows of a thread from top to bottom: {key, kind: "day" | "new" | "message" | "pending" | "seen", …}.
 * `grouped`: the message is shown under the name of the previous one.
 */
export function rowsOf(state, { own, other }) {
  const rows = []
  let before = null
  for (const message of state.messages) {
    const day = dayOf(message.createdAt)
    if (!before || day !== dayOf(before.createdAt)) {
      rows.push({ key: `day-${day}`, kind: 'day', moment: message.createdAt })
      before = null
    }
    if (state.unreadFrom && same(message.id, state.unreadFrom)) {
      rows.push({ key: 'new', kind: 'new' })
      before = null
    }
    rows.push({ key: `m-${message.id}`, kind: 'message', message, grouped: follows(message, before) })
    before = message
  }
  if (!state.newer) {
    rows.push(...seen(state, own, other))
    for (const entry of state.pending) {
      const last = before
      before = { ...entry, authorId: own }
      rows.push({ key: `p-${entry.clientId}`, kind: 'pending', message: entry, grouped: follows(before, last) })
    }
  }
  return rows
}

function follows(message, before) {
  return Boolean(before) && before.authorId !== '' && before.authorId === message.authorId && before.authorName === (message.authorName ?? before.authorName)
    && !message.reply && !message.replyTo && Date.parse(message.createdAt) - Date.parse(before.createdAt) < togetherFor
}

/** The row "Seen" below the user's last message of a direct channel, once the other person has read it. */
function seen({ messages, reads }, own, other) {
  const last = messages.at(-1)
  if (!other || !last || last.authorId !== own || Number(reads[other] ?? 0) < Number(last.id)) return []
  return [{ key: 'seen', kind: 'seen' }]
}

/** Whether two states of a row look the same. */
export const sameRow = (one, other) =>
  one.kind === other.kind && one.message === other.message && one.grouped === other.grouped && one.moment === other.moment
