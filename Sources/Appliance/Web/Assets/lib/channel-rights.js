import { myLastMessage } from './chat/store.js'
import { isAdmin, session } from './session.js'

/** Whether the person keeps order in every public channel. */
export const isModerator = () => isAdmin() || session.get().user?.role === 'moderator'

/** Whether the person may change a channel, its people and its life. */
export const isChannelAdmin = channel =>
  Boolean(channel) && channel.type !== 'direct' && (channel.role === 'admin' || (channel.type === 'public' && isModerator()))

/** Whether @everyone calls all of the channel when this person writes it. */
export const mayCallEveryone = channel => Boolean(channel) && channel.type !== 'direct' && (channel.role === 'admin' || isModerator())

/** Whether the person may put others into a channel: into a public one, everyone who is in it may. */
export const mayAddPeople = channel => Boolean(channel) && !channel.isGeneral && !channel.archived && channel.type !== 'direct'
  && (isChannelAdmin(channel) || (channel.type === 'public' && channel.joined))

/** Seconds until the person may write again where a channel is slowed down; 0 when at once. */
export function slowLeft(channel, now = Date.now()) {
  if (!channel?.slowSeconds || isChannelAdmin(channel)) return 0
  const last = myLastMessage(channel.id)
  return last ? Math.max(0, Math.ceil((Date.parse(last.createdAt) + channel.slowSeconds * 1000 - now) / 1000)) : 0
}
