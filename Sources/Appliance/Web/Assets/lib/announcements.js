/** Why readers do not see an announcement: "draft", "scheduled" or "expired"; null for a published one. */
export function stateOf({ status, publishAt, expiresAt }, now = Date.now()) {
  if (status === 'draft') return 'draft'
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired'
  return publishAt && Date.parse(publishAt) > now ? 'scheduled' : null
}

/** The time of publication, past or future. */
export const publishedAt = ({ publishAt, announcedAt, createdAt }) => publishAt ?? announcedAt ?? createdAt

/**
 * Whether a row with that audience is for the user; null if only the server can tell, which alone knows
 * categories.
 */
export function isFor({ audience = [] }, { id, role, department }) {
  if (!audience.length) return true
  const own = [`user:${id}`, `role:${role}`, `department:${department}`]
  if (audience.some(target => own.includes(target))) return true
  return audience.some(target => target.startsWith('category:')) ? null : false
}

/** Whether the user is asked to confirm having read a row; in doubt, its author is not. */
export function isAsked(row, user) {
  if (!row.requiresConfirmation || !user) return false
  return row.isConfirmed || (isFor(row, user) ?? String(row.authorId) !== String(user.id))
}

/** Pinned ones first, then the newest. */
export const inOrder = rows => [...rows].sort((one, other) =>
  other.isPinned - one.isPinned || Date.parse(publishedAt(other)) - Date.parse(publishedAt(one)))

/** The fields of the form, in groups. */
export const groups = [
  { names: ['title', 'content', 'type', 'imageUrl'] },
  { label: 'announce.groupWho', names: ['audience', 'isPublic', 'status', 'publishAt', 'expiresAt'] },
  { label: 'announce.groupHow', names: ['requiresConfirmation', 'isImportant', 'isPinned', 'allowsComments', 'icon'] },
]
