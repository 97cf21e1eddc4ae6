import { announce } from '../announcer.js'
import { t } from '../i18n.js'
import { session } from '../session.js'
import { publishMessage } from './arrivals.js'
import { channelOf, channelTitle, chat, countMessage, noteReceived, own } from './channels.js'
import { before, same } from './ids.js'
import { mentionsPerson } from './mentions.js'
import { heldThread, windowOf } from './threads.js'
import { arrived, changed } from './message-window.js'

/**
 * Adds messages of one channel, oldest first, to its thread and its unread count; one that is known is not
 * counted again. `missed`: they were written while the connection was down.
 */
export function receiveMessages(id, messages, { missed = false } = {}) {
  const last = messages.at(-1)
  if (!last) return
  const wasRead = !channelOf(id)?.unread
  for (const message of messages) {
    countMessage(message, mentionsPerson(message.text, session.get().user))
    publishMessage(message)
  }
  noteReceived(id, { last: last.id })
  const thread = heldThread(id)
  if (!thread) return
  thread.set(state => {
    if (!state.loaded || state.loading === 'newest') return { arriving: later(state, messages), ...stopped(state, messages) }
    const known = state.messages.at(-1)?.id ?? '0'
    const others = messages.filter(message => before(known, message.id) && message.authorId !== own())
    return {
      ...arrived(windowOf(state), messages, state.following), ...stopped(state, messages),
      fresh: state.following ? 0 : state.fresh + others.length,
      ...(state.loading === 'newer' && { arriving: later(state, messages) }),
      ...(others.length && (missed || document.visibilityState !== 'visible') && unseen(state, others, known, wasRead)),
    }
  })
}

/** Messages received during a fetch are kept (500 at most): they may lie beyond its page. */
const later = ({ arriving }, messages) => [...arriving, ...messages].slice(-500)

/** Messages received while the page is not visible are counted as unread, below the line "New". */
function unseen(state, others, known, wasRead) {
  if (wasRead || !state.unreadFrom) return { unreadFrom: others[0].id, readUpTo: known, unreadCount: others.length }
  return { unreadCount: state.unreadCount + others.length }
}

/** The authors of received messages are removed from those who are typing. */
const stopped = ({ typing }, messages) => typing.length
  ? { typing: typing.filter(({ id }) => !messages.some(message => message.authorId === id)) } : {}

/** Announces a message of the open channel to a screen reader. */
export function announceMessage(message) {
  if (message.authorId === own() || !same(message.channel, chat.get().current)) return
  const channel = channelOf(message.channel)
  const words = message.text.slice(0, 200) || t('chat.aFile')
  announce(t('chat.announce', { name: message.authorName, channel: channel ? channelTitle(channel) : '', text: words }))
}

/** Applies a frame with the new state of a message. */
export function applyChange(message) {
  noteReceived(message.channel, { revision: message.revision })
  applyAnswer(message)
}

/**
 * Applies the answer of a request. It may overtake frames, so it does not move the position from which a join
 * resumes.
 */
export const applyAnswer = message => change(message.channel, message.id, message.revision, () => message)

/** Applies a change of some fields: `patch`, or a function of the previous message. */
export function applyPatch({ channel, id, revision }, patch) {
  noteReceived(channel, { revision })
  change(channel, id, revision, message => ({ ...message, revision, ...(typeof patch === 'function' ? patch(message) : patch) }))
}

/** Updates the quote in the messages that reply to a changed one. */
function quotingAgain(messages, quoted) {
  const reply = { id: quoted.id, authorId: quoted.authorId, authorName: quoted.authorName, text: quoted.text.slice(0, 140), deleted: Boolean(quoted.deletedAt) }
  const stale = message => message.reply && same(message.reply.id, quoted.id) && (message.reply.text !== reply.text || message.reply.deleted !== reply.deleted)
  return messages.some(stale) ? messages.map(message => stale(message) ? { ...message, reply } : message) : messages
}

function change(channel, id, revision, make) {
  const thread = heldThread(channel)
  if (!thread) return
  thread.set(state => {
    const next = changed(windowOf(state), id, revision, make)
    const now = next.messages.find(message => same(message.id, id))
    return {
      ...next, messages: now ? quotingAgain(next.messages, now) : next.messages,
      arriving: state.arriving.map(message => same(message.id, id) ? make(message) : message),
      late: state.loading ? [...state.late, { id, revision, make }].slice(-500) : state.late,
      ...(now?.deletedAt && same(state.replyingTo?.id, id) && { replyingTo: null }),
      ...(now?.deletedAt && same(state.editing?.id, id) && { editing: null }),
    }
  })
}
