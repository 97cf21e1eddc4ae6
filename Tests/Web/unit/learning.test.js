import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets'
const { addressOf, deadlineWords, dueWords, forwardOf, shareOf } = await import(`${assets}/lib/learning.js`)
const { prefer } = await import(`${assets}/lib/i18n.js`)

test('a course goes on at its lesson, else at its quiz, else on its page', () => {
  const none = { courseId: '1', lessonId: null, quizId: null, hasStarted: true }
  assert.deepEqual(forwardOf({ ...none, lessonId: '2', quizId: '3' }), { path: '/lessons/2', words: 'learn.continue' })
  assert.equal(forwardOf({ ...none, lessonId: '2', hasStarted: false }).words, 'learn.start')
  assert.deepEqual(forwardOf({ ...none, quizId: '3' }), { path: '/quizzes/3', words: 'learn.takeQuiz' })
  assert.equal(forwardOf(none).path, '/courses/1')
})

test('what is due says what it is and until when', () => {
  prefer({ language: 'en' })
  const training = { kind: 'training', id: '7', deadline: '2026-12-01T12:00:00Z', isLate: false, validUntil: null }
  assert.equal(addressOf(training), '/learn/trainings/7')
  assert.equal(dueWords(training), 'Mandatory training · By 1 December 2026')
  assert.equal(dueWords({ ...training, deadline: null }), 'Mandatory training · No deadline')
  assert.equal(deadlineWords({ ...training, isLate: true }), 'Late since 1 December 2026')
  const renew = { ...training, validUntil: '2026-12-24T12:00:00Z' }
  assert.equal(deadlineWords(renew, Date.parse('2026-12-01T00:00:00Z')), 'To renew by 24 December 2026')
  const quiz = { kind: 'quiz', courseTitle: 'Safety', attemptsLeft: 0 }
  assert.equal(dueWords(quiz), 'Quiz of “Safety” · No attempts left: ask your trainer')
})

test('a share of nothing is nothing', () => {
  assert.equal(shareOf(0, 0), 0)
  assert.equal(shareOf(1, 3), 33)
})
