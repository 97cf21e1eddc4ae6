import { confirm, pickEmoji } from '../dialogs.js'
import { toast } from '../toast.js'
import { isModerator } from '../channel-rights.js'
import { t } from '../i18n.js'
import { session } from '../session.js'
import { channelOf, editMessage, pin, react, remove, replyTo } from './store.js'

const own = () => String(session.get().user?.id)

/** What the user may do with a message: {reply, react, edit, remove, pin}. */
export function rightsOver(message) {
  const channel = channelOf(message.channel)
  const open = Boolean(channel) && !channel.archived && !message.deletedAt
  const mine = message.authorId === own()
  const direct = channel?.type === 'direct'
  const keeps = !direct && (channel?.role === 'admin' || isModerator())
  const pins = direct || keeps || channel?.createdBy === own()
  return { reply: open, react: open, edit: open && mine, remove: open && (mine || keeps), pin: open && pins }
}

/** Waits for a request and shows its error as a toast. Resolves to whether it succeeded. */
async function attempt(work) {
  try {
    await work
    return true
  } catch (error) {
    toast(error.message, 'error')
    return false
  }
}

export const toggleReaction = (message, emoji) => message && attempt(react(message, emoji))

/** Opens the emoji picker at a button and adds the chosen reaction. */
export async function addReaction(message, button) {
  const emoji = message && await pickEmoji(button)
  const mine = emoji && message.reactions.find(one => one.emoji === emoji)?.users.includes(own())
  if (emoji && !mine) await attempt(react(message, emoji))
}

export const answer = message => replyTo(message.channel, message)
export const change = message => editMessage(message.channel, message)
export const togglePin = message => attempt(pin(message, !message.pinnedAt))

/** Deletes a message, after a question. */
export async function erase(message) {
  const sure = await confirm({ title: t('chat.askDelete'), text: t('chat.askDeleteText'), yes: t('chat.delete'), danger: true })
  return sure && attempt(remove(message))
}

async function copy(text, message) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    if (!copyBySelection(text)) return toast(t('chat.copyRefused'), 'error')
  }
  toast(message, 'success')
}

/** Copies by selection, if there is no clipboard API (plain HTTP from another host). */
function copyBySelection(text) {
  const { activeElement } = document
  const box = Object.assign(document.createElement('textarea'), { value: text, className: 'visually-hidden' })
  document.body.append(box)
  box.select()
  const done = document.execCommand('copy')
  box.remove()
  activeElement?.focus({ preventScroll: true })
  return done
}

export const copyLink = ({ channel, id }) => copy(`${location.origin}/chat/${channel}?message=${id}`, t('chat.linkCopied'))
export const copyText = ({ text }) => copy(text, t('action.copied'))
export const copyCode = button => copy(button.closest('.code').querySelector('code').textContent, t('action.copied'))
