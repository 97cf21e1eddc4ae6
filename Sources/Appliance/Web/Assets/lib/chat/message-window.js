import { before } from './ids.js'

/** The most messages of a thread in memory; others are fetched again when scrolled to. */
export const windowLimit = 300

/** The index of a message in a list ordered by id, or where it would be inserted. */
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

/** Inserts a message into an ordered list; of two revisions of one message the later stays. */
function place(list, message) {
  const index = indexOf(list, message.id)
  const known = list[index]
  if (known?.id !== message.id) list.splice(index, 0, message)
  else if ((message.revision ?? 0) > (known.revision ?? 0)) list[index] = message
}

/**
 * A window on a channel's history, without gaps: `messages` ordered by id; `more`: older ones exist, `newer`:
 * later ones exist. Windows are immutable: each function returns a new one.
 */
export const emptyWindow = () => ({ messages: [], more: false, newer: false })

/** A window of exactly this page (newest first, as the server lists it). */
export function replaced(page, { more, newer }) {
  return { messages: [...page].reverse(), more, newer }
}

/** Adds an older page (newest first); beyond the limit the latest messages are dropped. */
export function extendedBack(view, page, more, limit = windowLimit) {
  const messages = [...view.messages]
  for (const message of page) place(messages, message)
  const cut = messages.length > limit
  return { messages: cut ? messages.slice(0, limit) : messages, more, newer: view.newer || cut }
}

/** Adds a later page (newest first); beyond the limit the oldest messages are dropped. */
export function extendedOn(view, page, newer, limit = windowLimit) {
  const messages = [...view.messages]
  for (const message of page) place(messages, message)
  const cut = messages.length > limit
  return { messages: cut ? messages.slice(-limit) : messages, more: view.more || cut, newer }
}

/**
 * Adds messages just received. A window that does not reach the end of the channel ignores later ones. Beyond
 * the limit the oldest are dropped while the reader follows the end, and else the latest.
 */
export function arrived(view, news, following, limit = windowLimit) {
  const messages = [...view.messages]
  const last = messages.at(-1)
  let { more, newer } = view
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

/** Applies `change(message) → message` to one message, if it is in the window and older than `revision`. */
export function changed(view, id, revision, change) {
  const index = indexOf(view.messages, id)
  const known = view.messages[index]
  if (known?.id !== String(id) || (revision ?? Infinity) <= (known.revision ?? 0)) return view
  const messages = [...view.messages]
  messages[index] = change(known)
  return { ...view, messages }
}

/** The latest `count` messages, for a thread that is no longer open. */
export const shortened = (view, count) => view.messages.length <= count ? view
  : { messages: view.messages.slice(-count), more: true, newer: view.newer }

/** The message of that id; null when it is not in the window. */
export function found(view, id) {
  const message = view.messages[indexOf(view.messages, id)]
  return message?.id === String(id) ? message : null
}
