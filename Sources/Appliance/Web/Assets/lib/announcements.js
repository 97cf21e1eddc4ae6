import { t } from './i18n.js'
import { describe } from './tables.js'

/** Why readers do not see an announcement: "draft", "scheduled" or "expired"; null for a published one. */
export function stateOf({ status, publishAt, expiresAt }, now = Date.now()) {
  if (status === 'draft') return 'draft'
  if (expiresAt && Date.parse(expiresAt) <= now) return 'expired'
  return publishAt && Date.parse(publishAt) > now ? 'scheduled' : null
}

/** The time of publication, past or future. */
export const publishedAt = ({ publishAt, announcedAt, createdAt }) => publishAt ?? announcedAt ?? createdAt

/** Whether the user has to do with the read confirmation of a row: is asked for it, or gave it. */
export const isAsked = row => row.requiresConfirmation && (row.isConfirmationAsked || row.isConfirmed)

/** Pinned ones first, then the newest. */
export const inOrder = rows => [...rows].sort((one, other) =>
  other.isPinned - one.isPinned || Date.parse(publishedAt(other)) - Date.parse(publishedAt(one)))

/** The fields of the form, in groups. */
const groups = [
  { names: ['title', 'content', 'type', 'imageUrl'] },
  { label: 'announce.groupWho', isOpen: true, names: ['audience', 'isPublic', 'status', 'publishAt', 'expiresAt'] },
  { label: 'announce.groupHow', names: ['requiresConfirmation', 'isImportant', 'isPinned', 'allowsComments', 'icon'] },
]

/** What the button of the form says, by the status and the time in it. */
function submit(data, row) {
  if (data.get('status') !== 'published') return t('announce.keepDraft')
  if (row?.status === 'published') return t('action.save')
  return t(Date.parse(data.get('publishAt')) > Date.now() ? 'announce.schedule' : 'announce.publish')
}

const said = row => t(`announce.saved.${stateOf(row) ?? 'published'}`)

/** The table of announcements for its dialog; null for a reader without the permission. */
export async function announcementTable() {
  const table = await describe('announcements', groups, { isPublic: false }, { content: 'announce.markdown' })
  return table && { ...table, title: t('announce.new'), submit, said }
}
