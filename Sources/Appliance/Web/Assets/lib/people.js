import { t } from './i18n.js'

export const roles = ['employee', 'moderator', 'admin']

/** The permissions that the page uses; the API has more. Add the permissions of a new feature here. */
export const permissions = [
  'manage_users', 'manage_employee_categories', 'manage_announcements', 'manage_documents', 'manage_events',
  'manage_trainings',
]

/** The role of a person; the older field `role` is only "user" or "admin". */
export const roleOf = ({ fullRole, role }) => fullRole ?? role

/** Why a person cannot sign in: "inactive", "pending", "invited" or "unverified"; null when they can. */
export function hindrance({ isActive, isApproved, isInvited, isVerified }) {
  if (isActive === false) return 'inactive'
  if (isApproved === false) return 'pending'
  if (isInvited) return 'invited'
  return isVerified === false ? 'unverified' : null
}

export const nameOf = ({ name, username, email }) => name || username || email || t('people.unnamed')

/** The query string of a filtered list, without empty values. */
export function queryOf(wishes) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wishes)) if (value !== '' && value != null) query.set(name, value)
  return query.size ? `?${query}` : ''
}
