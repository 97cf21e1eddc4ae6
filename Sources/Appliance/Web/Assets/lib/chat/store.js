/**
 * The chat's one door: elements and pages import from here only.
 *
 * A channel is what GET /api/chat/channels gives: {id, type: "public|private|direct", name, topic, isGeneral,
 * archived, joined, role, muted, unread, mentions, last, readId, slowSeconds, with, preview, …}; ids are text.
 * A message is what the server sends: {id, channel, authorId, authorName, text, replyTo, reply, createdAt, editedAt,
 * deletedAt, pinnedAt, reactions: [{emoji, users: [id]}], files: [{fileUrl, fileName, size, type, width, height}], …}.
 * `channel` arguments are ids; `message` arguments are messages. What asks the server returns a promise and throws `ApiError`.
 */

/**
 * `chat`: createStore of {ready, channels: [channel], current: id|null, error: ApiError|null, people: {userId: name}}. `channels` holds mine,
 * the most recently active first, live in `unread`, `mentions`, `last`, `preview`, `readId`; `typing` of a
 * channel is in its thread and by `typingIn(id)`.
 */
export { chat, channelOf, channelTitle, reloadChannels, unreadTotal } from './channels.js'

/**
 * `startChat()` follows the session; called once by app.js.
 * `openChannel(id)` makes it the current one (null: none) and loads its newest messages; returns its thread.
 * `threadOf(id)`: {get(), subscribe(watcher) → stop}, made when asked for; get() is {messages (oldest first), more,
 * newer (later ones exist beyond the window), loading: "newest|older|newer|around"|null, error, pending: [{clientId, channel, text, replyTo,
 * reply, files, createdAt, state: "waiting|sending|sent|refused", error: sentence|null}], unreadFrom: id|null, fresh (how many came while
 * one reads further up), typing: [{id, name}], reads: {userId: id}, replyingTo: message|null, editing: message|null, target: {id, at}|null}.
 * `older(channel)` and `newer(channel)` load a page more; `jumpTo(channel, id)` loads around a message and sets `target`;
 * `toNewest(channel)` goes back to the end.
 * `typingIn(id)`: [{id, name}] of who types there now. `myLastMessage(channel)`: message|null.
 */
export { openChannel, again } from './opening.js'
export { threadOf, forgetUnread, typingIn, myLastMessage } from './threads.js'
export { older, newer, jumpTo, jumpToUnread, toNewest } from './history.js'
export { startChat } from './frames.js'

/**
 * `post(channel, {text, replyTo: id|null, files: [file as POST /api/uploads answered]})` puts the message into the outbox, where
 * it stays until the server has it (also over a reload and a cut connection); returns its clientId. It also ends `replyingTo`.
 * `retry(clientId)` sends a refused one again, `discard(clientId)` forgets it and returns it.
 */
export { post } from './sending.js'
export { retry, discard, isOutboxFull } from './outgoing.js'

/**
 * `edit(message, text)`, `remove(message)`, `react(message, emoji)` (toggles mine), `pin(message, on)`: promises.
 * `typing(channel, on = true)`: call at each input; told to the others every few seconds. `markRead(channel)`: everything loaded is read.
 */
export { edit, remove, react, pin, typing, markRead } from './actions.js'

/**
 * What the composer of a channel is about: `replyTo(channel, message|null)` and `editMessage(channel, message|null)` set
 * `replyingTo` and `editing` of the thread (one ends the other).
 * `draftOf(channel)`: {text, files}|null, `keepDraft(channel, {text, files}|null)`: kept per person, over reloads, for all tabs;
 * `draftsElsewhere`: {channel} whose draft another tab has changed.
 */
export { replyTo, editMessage, draftOf, keepDraft, draftsElsewhere } from './composer-state.js'
