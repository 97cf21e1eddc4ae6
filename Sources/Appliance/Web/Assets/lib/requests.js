import { t } from './i18n.js'

export const statuses = ['open', 'in_progress', 'resolved', 'closed']
export const categories = ['hr', 'it', 'facilities', 'other']
export const priorities = ['urgent', 'high', 'medium', 'low']

export const statusName = status => t(`requests.status.${status}`)
export const priorityName = priority => t(`requests.priority.${priority}`)
export const categoryName = category => t(`requests.category.${category}`)

/** The API path of a request, or of a part of it. */
export const requestPath = (id, rest = '') => `/api/complaints/${encodeURIComponent(id)}${rest}`

/**
 * The comments and changes of a request, given newest first, oldest first. A comment stays after the one before it
 * even if its time is earlier: times of anonymous comments are rounded down.
 */
export function timelineOf(comments, changes) {
  let latest = ''
  const said = [...comments].reverse().map(one => {
    if (one.createdAt > latest) latest = one.createdAt
    return { at: latest, entry: { ...one, kind: 'comment' } }
  })
  const changed = [...changes].reverse().map(one => ({ at: one.createdAt, entry: { ...one, kind: 'change' } }))
  return [...changed, ...said].sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0).map(({ entry }) => entry)
}

const values = { status: statusName, priority: priorityName, category: categoryName }

/** A change in words, without its author. */
export function changeText({ field, from, to }) {
  const name = values[field] ?? (text => text)
  if (field === 'assignedToId') return to ? t('requests.did.assigned', { to }) : t('requests.did.unassigned')
  return t(`requests.did.${field}`, { from: from && name(from), to: to && name(to) })
}
