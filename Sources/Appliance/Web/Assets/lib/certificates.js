import { date } from './format.js'
import { language, t } from './i18n.js'

/** The address of a certificate's PDF, in the language of the page or in the other one. */
export function paperOf({ code }, { other = false } = {}) {
  const own = language()
  return `/api/certificates/${encodeURIComponent(code)}.pdf?lang=${other ? own === 'fr' ? 'en' : 'fr' : own}`
}

/** The path of the public page that verifies it. */
export const verificationOf = ({ code }) => `/certificates/${encodeURIComponent(code)}`

/** When a certificate was earned, until when it is valid, and the score, as sentences. */
export function certificateFacts({ completedAt, validUntil, score, status, reason }) {
  return [
    t('cert.completedOn', { day: date(completedAt) }),
    validUntil && t(status === 'expired' ? 'cert.expiredOn' : 'cert.validUntil', { day: date(validUntil) }),
    score !== null && t('cert.score', { score }),
    reason && t('cert.reason', { reason }),
  ].filter(Boolean)
}
