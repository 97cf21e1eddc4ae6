import { t } from './i18n.js'

export const categories = ['technical', 'management', 'safety', 'compliance', 'other']

const renewal = 30 * 86_400_000

/** The API path of a training, or of a part of it. */
export const trainingPath = (id, rest = '') => `/api/trainings/${encodeURIComponent(id)}${rest}`

export const hasStarted = ({ startDate }, now = Date.now()) => Boolean(startDate) && Date.parse(startDate) <= now

/** Whether results can be recorded: it has started, or has no date. */
export const isRecorded = (row, now = Date.now()) => !row.startDate || hasStarted(row, now)

export const isFull = ({ maxParticipants, currentParticipants }) =>
  maxParticipants !== null && currentParticipants >= maxParticipants

/** Whether who has completed a training can register for it again: for a new date, or before the validity ends. */
function mayRenew({ startDate, myCompletionDate, myValidUntil }, now) {
  if (startDate) return Boolean(myCompletionDate) && Date.parse(myCompletionDate) < Date.parse(startDate)
  return Boolean(myValidUntil) && Date.parse(myValidUntil) - renewal <= now
}

/** What the user can do: "register", "wait" (for a place) or "cancel"; null for nothing, as in the list of their own. */
export function stepOf(row, now = Date.now()) {
  if (hasStarted(row, now) || row.isOwn) return null
  if (row.myStatus === 'registered' || row.myStatus === 'waiting') return 'cancel'
  if (!row.isActive || row.myStatus === 'completed' && !mayRenew(row, now)) return null
  return isFull(row) ? 'wait' : 'register'
}

/** How many take part. Who has a place keeps it when there are fewer places than before. */
export function takenOf({ maxParticipants: count, currentParticipants: taken }) {
  if (count === null) return String(taken)
  return t(taken > count ? 'training.placesKept' : 'training.placesOf', { taken, count })
}

/** How many places are left, in words; null without a limit. */
export function placesOf(row) {
  if (row.maxParticipants === null) return null
  if (!isFull(row)) return t('training.free', { count: row.maxParticipants - row.currentParticipants })
  return [t('training.full'), row.waitingCount > 0 && t('training.waitingCount', { count: row.waitingCount })]
    .filter(Boolean).join(' · ')
}
