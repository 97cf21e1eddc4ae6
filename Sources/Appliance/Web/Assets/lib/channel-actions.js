import { confirm } from './dialogs.js'
import { toast } from './toast.js'
import { patch, post, remove } from './api.js'
import { channelTitle, chat, jumpTo, openChannel, reloadChannels } from './chat/store.js'
import { t } from './i18n.js'
import { go } from './router.js'
import { session } from './session.js'

const api = id => `/api/chat/channels/${encodeURIComponent(id)}`

/** The path of a channel on the page. */
export const channelPath = id => `/chat/${encodeURIComponent(id)}`

/** Runs `work` and shows its error as a toast. Resolves to its result; to null after an error. */
async function attempt(work) {
  try {
    return await work()
  } catch (error) {
    if (error.name !== 'AbortError') toast(error.message, 'error')
    return null
  }
}

export function openPath(id) {
  if (chat.get().current !== String(id)) openChannel(id)
  go(channelPath(id))
}

/** Opens a message in its channel. */
export function goToMessage({ channel, id }) {
  openPath(channel)
  return attempt(() => jumpTo(channel, id))
}

/** Opens the direct channel with a user; creates it if there is none. */
export const startDirect = userId => attempt(async () => {
  const channel = await post('/api/chat/channels', { type: 'direct', userId: String(userId) })
  await reloadChannels()
  openPath(channel.id)
  return channel
})

export const joinChannel = id => attempt(async () => {
  await post(`${api(id)}/members`)
  await reloadChannels()
  return true
})

export async function leaveChannel(channel) {
  const alone = channel.memberCount <= 1 ? 'channel.askLeaveAlone' : 'channel.askLeavePrivate'
  const text = t(channel.type === 'private' ? alone : 'channel.askLeaveText')
  const sure = await confirm({ title: t('channel.askLeave', { name: channelTitle(channel) }), text, yes: t('channel.leave'), danger: true })
  if (!sure) return null
  return attempt(async () => {
    await remove(`${api(channel.id)}/members/${encodeURIComponent(session.get().user.id)}`)
    await away(channel)
  })
}

/** After leaving or deleting a channel: reloads the list, and goes there if the channel was open. */
async function away(channel) {
  await reloadChannels()
  if (chat.get().current === String(channel.id)) go('/chat', { replace: true })
  return true
}

export const setMuted = (channel, muted) => attempt(async () => {
  await patch(`${api(channel.id)}/preferences`, { muted })
  await reloadChannels()
  return true
})

export async function setArchived(channel, archived) {
  const question = { title: t('channel.askArchive', { name: channel.name }), text: t('channel.askArchiveText'), yes: t('channel.archive') }
  if (archived && !await confirm(question)) return null
  return attempt(async () => {
    await patch(api(channel.id), { archived })
    await reloadChannels()
    return true
  })
}

/** Deletes a channel with its messages, without a question. Throws `ApiError`. */
export async function deleteChannel(channel) {
  await remove(api(channel.id))
  await away(channel)
}

/** The address of the export of a channel; format is "json" or "text". */
export const exportPath = (channel, format) => `${api(channel.id)}/export?format=${format}`

export const addMembers = (channel, userIds) => post(`${api(channel)}/members`, { userIds })
export const removeMember = (channel, userId) => attempt(async () => { await remove(`${api(channel)}/members/${encodeURIComponent(userId)}`); return true })
export const setRole = (channel, userId, role) => attempt(async () => { await patch(`${api(channel)}/members/${encodeURIComponent(userId)}`, { role }); return true })
export const saveChannel = (id, values) => id ? patch(api(id), values) : post('/api/chat/channels', values)
