import { t } from './i18n.js'

export const roles = ['employee', 'moderator', 'admin']

/** The permissions that something on this page asks for; the API knows more. A feature that uses another one adds it here. */
export const permissions = ['manage_users', 'manage_employee_categories']

/** The whole word of a person's role; older fields say only "user" or "admin". */
export const roleOf = ({ fullRole, role }) => fullRole ?? role

/** What stands in a person's way, or null: "inactive", "pending", "invited" or "unverified". */
export function hindrance({ isActive, isApproved, isInvited, isVerified }) {
  if (isActive === false) return 'inactive'
  if (isApproved === false) return 'pending'
  if (isInvited) return 'invited'
  return isVerified === false ? 'unverified' : null
}

export const nameOf = ({ name, username, email }) => name || username || email || t('people.unnamed')

/** The query of a filtered list: what is empty is left out. */
export function queryOf(wishes) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(wishes)) if (value !== '' && value != null) query.set(name, value)
  return query.size ? `?${query}` : ''
}
