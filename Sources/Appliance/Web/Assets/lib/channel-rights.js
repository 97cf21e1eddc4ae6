import { myLastMessage } from './chat/store.js'
import { isAdmin, session } from './session.js'

/** Whether the user moderates every public channel. */
export const isModerator = () => isAdmin() || session.get().user?.role === 'moderator'

/** Whether the user may change a channel and its members, archive it and delete it. */
export const isChannelAdmin = channel =>
  Boolean(channel) && channel.type !== 'direct' && (channel.role === 'admin' || (channel.type === 'public' && isModerator()))

/** Whether @everyone, written by the user, notifies all members. */
export const mayCallEveryone = channel => Boolean(channel) && channel.type !== 'direct' && (channel.role === 'admin' || isModerator())

/** Whether the user may add members: admins may, and in a public channel every member. */
export const mayAddPeople = channel => Boolean(channel) && !channel.isGeneral && !channel.archived && channel.type !== 'direct'
  && (isChannelAdmin(channel) || (channel.type === 'public' && channel.joined))

/** Seconds until the user may write again in a channel with slow mode; 0 when they may now. */
export function slowLeft(channel, now = Date.now()) {
  if (!channel?.slowSeconds || isChannelAdmin(channel)) return 0
  const last = myLastMessage(channel.id)
  return last ? Math.max(0, Math.ceil((Date.parse(last.createdAt) + channel.slowSeconds * 1000 - now) / 1000)) : 0
}
