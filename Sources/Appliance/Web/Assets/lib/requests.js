import { t } from './i18n.js'

export const statuses = ['open', 'in_progress', 'resolved', 'closed']
export const categories = ['hr', 'it', 'facilities', 'other']
export const priorities = ['urgent', 'high', 'medium', 'low']

export const statusName = status => t(`requests.status.${status}`)
export const priorityName = priority => t(`requests.priority.${priority}`)
export const categoryName = category => t(`requests.category.${category}`)

/** The API path of a request, or of a part of it. */
export const requestPath = (id, rest = '') => `/api/complaints/${encodeURIComponent(id)}${rest}`

/** The comments and changes of a request, oldest first. */
export const timelineOf = (comments, changes) => [
  ...comments.map(one => ({ ...one, kind: 'comment' })), ...changes.map(one => ({ ...one, kind: 'change' })),
].sort((a, b) => a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.kind === 'change' ? -1 : 1)

const values = { status: statusName, priority: priorityName, category: categoryName }

/** A change in words, without its author. */
export function changeText({ field, from, to }) {
  const name = values[field] ?? (text => text)
  if (field === 'assignedToId') return to ? t('requests.did.assigned', { to }) : t('requests.did.unassigned')
  return t(`requests.did.${field}`, { from: from && name(from), to: to && name(to) })
}
