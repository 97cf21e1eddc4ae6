import { announce } from '../announcer.js'
import { t } from '../i18n.js'
import { session } from '../session.js'
import { channelOf, channelTitle, chat, countMessage, hear, own } from './channels.js'
import { before, same } from './ids.js'
import { mentionsPerson } from './mentions.js'
import { noteName } from './names.js'
import { returned } from './outgoing.js'
import { heldThread, stretchOf } from './threads.js'
import { arrived, changed } from './window.js'

/** Takes in messages of one channel that have just come, oldest first; each of them counts once. `missed`: while the connection was away. */
export function takeMessages(id, messages, { missed = false } = {}) {
  const last = messages.at(-1)
  if (!last) return
  const wasRead = !channelOf(id)?.unread
  for (const message of messages) {
    noteName(message.authorId, message.authorName)
    countMessage(message, mentionsPerson(message.text, session.get().user))
    if (message.authorId === own()) returned(message)
  }
  hear(id, { last: last.id })
  const thread = heldThread(id)
  if (!thread) return
  thread.set(state => {
    if (!state.loaded || state.loading === 'newest') return { arriving: later(state, messages), ...stopped(state, messages) }
    const known = state.messages.at(-1)?.id ?? '0'
    const others = messages.filter(message => before(known, message.id) && message.authorId !== own())
    return {
      ...arrived(stretchOf(state), messages, state.following), ...stopped(state, messages),
      fresh: state.following ? 0 : state.fresh + others.length,
      ...(state.loading === 'newer' && { arriving: later(state, messages) }),
      ...(others.length && (missed || document.visibilityState !== 'visible') && unseen(state, others, known, wasRead)),
    }
  })
}

/** What comes while a page is fetched may be beyond it. */
const later = ({ arriving }, messages) => [...arriving, ...messages].slice(-500)

/** What came while nobody looked stands below the line "New", and is counted. */
function unseen(state, others, known, wasRead) {
  if (wasRead || !state.unreadFrom) return { unreadFrom: others[0].id, readUpTo: known, unreadCount: others.length }
  return { unreadCount: state.unreadCount + others.length }
}

/** Who has just written types no more. */
const stopped = ({ typing }, messages) => typing.length
  ? { typing: typing.filter(({ id }) => !messages.some(message => message.authorId === id)) } : {}

/** Tells a screen reader of a message in the channel that is being looked at. */
export function announceMessage(message) {
  if (message.authorId === own() || !same(message.channel, chat.get().current)) return
  const channel = channelOf(message.channel)
  const words = message.text.slice(0, 200) || t('chat.aFile')
  announce(t('chat.announce', { name: message.authorName, channel: channel ? channelTitle(channel) : '', text: words }))
}

/** Takes in a message as a frame says that it is now. */
export function takeChange(message) {
  hear(message.channel, { revision: message.revision })
  takeAnswer(message)
}

/** The same from an answer, which may have overtaken frames: it does not say what was heard. */
export const takeAnswer = message => change(message.channel, message.id, message.revision, () => message)

/** Takes in a change of some fields: `patch` or a function of the message as it was. */
export function takePatch({ channel, id, revision }, patch) {
  hear(channel, { revision })
  change(channel, id, revision, message => ({ ...message, revision, ...(typeof patch === 'function' ? patch(message) : patch) }))
}

/** Messages that answer one which has changed quote it as it is now. */
function quotingAgain(messages, quoted) {
  const reply = { id: quoted.id, authorId: quoted.authorId, authorName: quoted.authorName, text: quoted.text.slice(0, 140), deleted: Boolean(quoted.deletedAt) }
  const stale = message => message.reply && same(message.reply.id, quoted.id) && (message.reply.text !== reply.text || message.reply.deleted !== reply.deleted)
  return messages.some(stale) ? messages.map(message => stale(message) ? { ...message, reply } : message) : messages
}

function change(channel, id, revision, make) {
  const thread = heldThread(channel)
  if (!thread) return
  thread.set(state => {
    const next = changed(stretchOf(state), id, revision, make)
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
