/**
 * The interface of the chat: elements and pages import from here only.
 *
 * A channel is what GET /api/chat/channels gives: {id, type: "public|private|direct", name, topic, isGeneral,
 * archived, joined, role, muted, unread, mentions, last, readId, slowSeconds, with, preview, …}; ids are
 * text. A message is what the server sends: {id, channel, authorId, authorName, text, replyTo, reply,
 * createdAt, editedAt, deletedAt, pinnedAt, reactions: [{emoji, users: [id]}], files: [{fileUrl, fileName,
 * size, type, width, height}], …}.
 * `channel` arguments are ids; `message` arguments are messages. Functions that send a request return a
 * promise and throw `ApiError`.
 */

/**
 * `chat`: a store of {ready, channels: [channel], current: id|null, error: ApiError|null, guest:
 * channel|null}. `channels` are the user's, the most recently active first; `unread`, `mentions`, `last`,
 * `preview` and `readId` are kept up to date. `guest` is a public channel that is open without membership.
 */
export { chat, channelOf, channelTitle, reloadChannels, unreadTotal } from './channels.js'

/**
 * `startChat()` follows the session; called once by app.js.
 * `openChannel(id)` opens a channel (null: none), loads its latest messages and returns its thread.
 * `threadOf(id)` is a store, created on first use, of {messages (oldest first), more (older ones exist),
 * newer (later ones exist beyond the window), loading: "newest|older|newer|around"|null, error, pending:
 * [{clientId, channel, text, replyTo, reply, files, createdAt, state: "waiting|sending|sent|refused", error:
 * message|null}], unreadFrom: id|null, fresh (how many were received while the reader is not at the end),
 * typing: [{id, name}], reads: {userId: id}, replyingTo: message|null, editing: message|null, target: {id,
 * at}|null}.
 * `older(channel)` and `newer(channel)` load another page; `jumpTo(channel, id)` loads the page around a
 * message and sets `target`; `toNewest(channel)` goes to the end.
 * `typingIn(id)`: [{id, name}] of those who type now. `myLastMessage(channel)`: message|null.
 */
export { openChannel, again } from './opening.js'
export { threadOf, forgetUnread, typingIn, myLastMessage } from './threads.js'
export { older, newer, jumpTo, jumpToUnread, toNewest } from './history.js'
export { startChat } from './frames.js'

/**
 * `post(channel, {text, replyTo: id|null, files: [answer of POST /api/uploads]})` puts a message into the
 * outbox and returns its clientId. It stays there until the server has stored it, also over reloads and
 * reconnections. It ends `replyingTo`.
 * `retry(clientId)` sends a refused message again, `discard(clientId)` removes and returns it.
 */
export { post } from './sending.js'
export { retry, discard, isOutboxFull } from './outgoing.js'

/**
 * `edit(message, text)`, `remove(message)`, `react(message, emoji)` (toggles the user's), `pin(message, on)`:
 * promises.
 * `typing(channel, on = true)`: call at each input; published every 3 s. `markRead(channel)`: everything
 * loaded is read.
 */
export { edit, remove, react, pin, typing, markRead } from './actions.js'

/**
 * The state of the composers: `replyTo(channel, message|null)` and `editMessage(channel, message|null)` set
 * `replyingTo` and `editing` of the thread (one ends the other).
 * `draftOf(channel)`: {text, files}|null, `keepDraft(channel, {text, files}|null)`: stored per user, for all
 * tabs, over reloads; `draftsElsewhere`: {channel} whose draft another tab has changed.
 */
export { replyTo, editMessage, draftOf, keepDraft, draftsElsewhere } from './composer-state.js'
