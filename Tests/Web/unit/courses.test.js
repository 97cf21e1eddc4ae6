import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets'
const { isOutside, markdownFor, minutesOf, moved, nextLesson, playerOf } = await import(`${assets}/lib/courses.js`)

const step = (lessonId, order, isCompleted = false) => ({ lessonId, order, isCompleted, duration: 5 })

test('one goes on at the last lesson, else at the next one that is open, else at the first', () => {
  const steps = [step('a', 1), step('b', 2), step('c', 3)]
  assert.equal(nextLesson(steps, null).lessonId, 'a')
  assert.equal(nextLesson(steps, 'b').lessonId, 'b')
  assert.equal(nextLesson([step('a', 1), step('b', 2, true), step('c', 3)], 'b').lessonId, 'c')
  assert.equal(nextLesson([step('a', 1), step('b', 2), step('c', 3, true)], 'c').lessonId, 'a')
  assert.equal(nextLesson(steps, 'deleted').lessonId, 'a')
  assert.equal(nextLesson([step('a', 1, true)], 'a'), null)
  assert.equal(nextLesson([], null), null)
})

test('a lesson is moved among the others, and the list itself stays', () => {
  const list = ['a', 'b', 'c']
  assert.deepEqual(moved(list, 0, 2), ['b', 'c', 'a'])
  assert.deepEqual(moved(list, 2, 0), ['c', 'a', 'b'])
  assert.deepEqual(moved(list, 1, 1), list)
  assert.deepEqual(list, ['a', 'b', 'c'])
})

test('a file stands in a text as what it is', () => {
  const file = (fileName, type) => markdownFor({ fileName, type, fileUrl: '/api/uploads/k' })
  assert.equal(file('a.png', 'image/png'), '![a.png](/api/uploads/k)')
  assert.equal(file('a.mp4', 'video/mp4'), '![a.mp4](/api/uploads/k)')
  assert.equal(file('plan [2].pdf', 'application/pdf'), '[plan  2 .pdf](/api/uploads/k)')
})

test('videos and sounds have players, and other sites are known', () => {
  assert.deepEqual(['video/mp4', 'audio/wav', 'image/png', undefined].map(playerOf), ['video', 'audio', null, null])
  assert.deepEqual(['https://a', 'HTTP://a', '/api/uploads/k', '//a'].map(isOutside), [true, true, false, false])
})

test('a course takes as long as its author says, else as its lessons do', () => {
  assert.equal(minutesOf({ duration: 7 }, [step('a', 1)]), 7)
  assert.equal(minutesOf({ duration: 0 }, [step('a', 1), step('b', 2)]), 10)
})
