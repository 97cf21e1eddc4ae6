import { confirm } from './dialogs.js'
import { toast } from './toast.js'
import { draftOf, edit, editMessage, keepDraft, post, remove, threadOf } from './chat/store.js'
import { editOf, keepEdit } from './edit-drafts.js'
import { slowLeft } from './channel-rights.js'
import { t } from './i18n.js'
import { isInvisible } from './invisible.js'
import { socket } from './session.js'
import { lengthOf } from './text-box.js'
import { restoreUploads, detachUploads, uploadsOf } from './uploads.js'

/** The most characters of a message. */
export const tooLong = 8000
const counted = 7500

/** Restores the draft of a channel: its files, and returns its text. */
export function fillFrom(channel) {
  const draft = draftOf(channel)
  restoreUploads(channel, draft?.files ?? [])
  return draft?.text ?? ''
}

/** Stores the draft of a channel with its uploaded files. */
export function keepTyped(channel, text) {
  const files = uploadsOf(channel).filter(({ state }) => state === 'done').map(({ answer }) => answer)
  keepDraft(channel, !isInvisible(text) || files.length ? { text, files } : null)
}

/**
 * The state of the message being written: `{ready, length, long, slow, uploading, refused, offline}`;
 * `ready`: it can be sent.
 */
export function writingState(channel, text, editing) {
  const files = editing ? [] : uploadsOf(channel.id)
  const length = isInvisible(text) ? 0 : lengthOf(text.trim())
  const uploading = files.some(({ state }) => state === 'waiting' || state === 'sending')
  const refused = files.some(({ state }) => state === 'refused')
  const slow = editing ? 0 : slowLeft(channel)
  const long = length > tooLong
  const some = length > 0 || files.some(({ state }) => state !== 'refused') || Boolean(editing)
  return {
    ready: some && !long && !slow && !refused, length: length > counted ? length : 0, long, slow, uploading, refused,
    offline: socket.connection.get().state !== 'live',
  }
}

/** Puts the message into the outbox and removes the draft. */
export function sendWritten(channel, text, replyingTo) {
  post(channel, { text: text.trim(), replyTo: replyingTo?.id ?? null, files: detachUploads(channel) })
  keepDraft(channel, null)
}

/** The text to edit: of an unfinished edit, or of the message. */
export function textToEdit(channel, message) {
  const edit = editOf(channel)
  return edit?.id === message.id ? edit.text : message.text
}

/** The message of an unfinished edit, once it is loaded; else null. */
export function unfinishedEdit(channel) {
  const edit = editOf(channel)
  return edit && (threadOf(channel).get().messages.find(({ id, deletedAt }) => id === edit.id && !deletedAt) ?? null)
}

/**
 * Sends an edit; after an error it is restored in the composer. An empty text deletes the message, after a
 * question.
 */
export async function saveEdit(channel, message, written) {
  const text = written.trim()
  const erases = isInvisible(text) && !message.files?.length
  if (erases && !await confirm({ title: t('compose.askDelete'), text: t('compose.askDeleteText'), yes: t('do.delete'), danger: true })) return
  keepEdit(channel, null)
  editMessage(channel, null)
  if (text === message.text) return
  try {
    await (erases ? remove(message) : edit(message, text))
  } catch (error) {
    toast(error.message, 'error')
    if (erases || threadOf(channel).get().editing) return
    keepEdit(channel, { id: message.id, text })
    editMessage(channel, message)
  }
}
