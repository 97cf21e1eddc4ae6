/** Why readers do not see an announcement: "draft", "scheduled" or "expired"; null for a published one. */
export function stateOf({ status, publishAt, expiresAt }, now = Date.now()) {
  if (status === 'draft') return 'draft'
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired'
  return publishAt && Date.parse(publishAt) > now ? 'scheduled' : null
}

/** The time of publication, past or future. */
export const publishedAt = ({ publishAt, announcedAt, createdAt }) => publishAt ?? announcedAt ?? createdAt

/** Pinned ones first, then the newest. */
export const inOrder = rows => [...rows].sort((one, other) =>
  other.isPinned - one.isPinned || Date.parse(publishedAt(other)) - Date.parse(publishedAt(one)))

/** The fields of the form, in groups. */
export const groups = [
  { names: ['title', 'content', 'type', 'imageUrl'] },
  { label: 'announce.groupWho', names: ['audience', 'isPublic', 'status', 'publishAt', 'expiresAt'] },
  { label: 'announce.groupHow', names: ['requiresConfirmation', 'isImportant', 'isPinned', 'allowsComments', 'icon'] },
]
