import { before } from './ids.js'

/** How many messages of a thread are held at most; what lies beyond is fetched again when one scrolls there. */
export const windowLimit = 300

/** Where a message of that id is, or would be put, in a list ordered by id. */
function indexOf(list, id) {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (before(list[middle].id, id)) low = middle + 1
    else high = middle
  }
  return low
}

/** Takes one message into an ordered list, once; of two states of one message the later stays. */
function place(list, message) {
  const index = indexOf(list, message.id)
  const known = list[index]
  if (known?.id !== message.id) list.splice(index, 0, message)
  else if ((message.revision ?? 0) > (known.revision ?? 0)) list[index] = message
}

/**
 * A stretch of a channel's history, without gaps: `messages` by growing id; `more` older and `newer` later
 * ones exist beyond it. Values are never changed: each function returns the next stretch.
 */
export const emptyWindow = () => ({ messages: [], more: false, newer: false })

/** Exactly this page (newest first, as the server lists it). */
export function replaced(page, { more, newer }) {
  return { messages: [...page].reverse(), more, newer }
}

/** With an older page (newest first) before it; too many drop the latest. */
export function extendedBack(stretch, page, more, limit = windowLimit) {
  const messages = [...stretch.messages]
  for (const message of page) place(messages, message)
  const cut = messages.length > limit
  return { messages: cut ? messages.slice(0, limit) : messages, more, newer: stretch.newer || cut }
}

/** With a later page (newest first) after it; too many drop the oldest. */
export function extendedOn(stretch, page, newer, limit = windowLimit) {
  const messages = [...stretch.messages]
  for (const message of page) place(messages, message)
  const cut = messages.length > limit
  return { messages: cut ? messages.slice(-limit) : messages, more: stretch.more || cut, newer }
}

/**
 * With messages that have just come. A stretch that does not reach the end takes only what it already
 * has or encloses; a full one drops the oldest when its end is followed, and else ends before them.
 */
export function arrived(stretch, news, following, limit = windowLimit) {
  const messages = [...stretch.messages]
  const last = messages.at(-1)
  let { more, newer } = stretch
  for (const message of news) {
    const later = !last || before(last.id, message.id)
    if (later && newer) continue
    if (messages.length && before(message.id, messages[0].id)) continue
    place(messages, message)
    if (messages.length <= limit) continue
    if (following) { messages.shift(); more = true }
    else { messages.pop(); newer = true }
  }
  return { messages, more, newer }
}

/** With one message changed by `change(message) → message`, if it is there and the change is newer than what is known. */
export function changed(stretch, id, revision, change) {
  const index = indexOf(stretch.messages, id)
  const known = stretch.messages[index]
  if (known?.id !== String(id) || (revision ?? Infinity) <= (known.revision ?? 0)) return stretch
  const messages = [...stretch.messages]
  messages[index] = change(known)
  return { ...stretch, messages }
}

/** Only its newest part: for a thread that is put aside. */
export const shortened = (stretch, count) => stretch.messages.length <= count ? stretch
  : { messages: stretch.messages.slice(-count), more: true, newer: stretch.newer }

/** The message of that id, or null. */
export function found(stretch, id) {
  const message = stretch.messages[indexOf(stretch.messages, id)]
  return message?.id === String(id) ? message : null
}
