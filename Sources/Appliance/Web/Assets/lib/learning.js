import { date } from './format.js'
import { t } from './i18n.js'

const places = { course: '/courses', training: '/learn/trainings', quiz: '/quizzes' }

/** The page of a course, a training or a quiz. */
export const addressOf = ({ kind, id }) => `${places[kind]}/${encodeURIComponent(id)}`

/** Until when something has to be done, or since when it is late; null without a date. */
export function deadlineWords({ deadline, isLate, validUntil = null }, now = Date.now()) {
  if (validUntil && Date.parse(validUntil) > now) return t('learn.renewBy', { day: date(validUntil) })
  return deadline ? t(isLate ? 'learn.wasDue' : 'learn.dueBy', { day: date(deadline) }) : null
}

/** What is to be done, and until when. */
export function dueWords(one) {
  if (one.kind !== 'quiz')
    return [t(`learn.kind.${one.kind}`), deadlineWords(one) ?? t('learn.noDeadline')].join(' · ')
  const left = one.attemptsLeft > 0 ? t('learn.attemptsLeft', { count: one.attemptsLeft }) : t('learn.noAttemptsLeft')
  return [t('learn.quizOf', { name: one.courseTitle }), left].join(' · ')
}

/** Where a course goes on, and the key of the word for it. */
export function forwardOf({ courseId, lessonId, quizId, hasStarted }) {
  if (lessonId) return { path: `/lessons/${lessonId}`, words: hasStarted ? 'learn.continue' : 'learn.start' }
  if (quizId) return { path: `/quizzes/${quizId}`, words: 'learn.takeQuiz' }
  return { path: `/courses/${courseId}`, words: 'learn.openCourse' }
}

/** The share of a whole in whole percent; 0 of nothing. */
export const shareOf = (part, whole) => whole > 0 ? Math.round(100 * part / whole) : 0
