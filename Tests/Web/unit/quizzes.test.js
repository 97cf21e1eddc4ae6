import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets'
const { bodyOf, clockOf, copyOf, draftOf, errorsOf, isAnswered, losesInGift, markOf, numberOf, restored, sent, toggled } = await import(`${assets}/lib/quiz.js`)

const question = (type, values) => ({
  id: '7', type, text: '?', imageUrl: '', options: [], choices: [], points: 1.5, explanation: 'Why', ...values,
})

test('what says nothing is no answer', () => {
  for (const none of [null, undefined, '', '  ', [], [null, null]]) assert.equal(isAnswered(none), false)
  for (const some of [0, false, 'a', [0], [null, 1]]) assert.equal(isAnswered(some), true)
})

test('a number is read with a comma, and what is half typed is not sent', () => {
  assert.deepEqual(['3,5', ' 1 000 ', '-2e3', '\u22121', '.5'].map(numberOf), [3.5, 1000, -2000, -1, 0.5])
  assert.deepEqual(['1/4', '\u22121,5 / 3', '1\u202f000'].map(numberOf), [0.25, -0.5, 1000])
  for (const none of ['', '-', '3 or 4', '1e', '0x10', '1/0', '1/2/3', '/2', '1,2,3']) assert.equal(numberOf(none), null)
  assert.equal(sent({ type: 'number' }, '-'), null)
  assert.equal(sent({ type: 'number' }, '3,14'), 3.14)
  assert.equal(sent({ type: 'boolean' }, false), false)
  assert.equal(sent({ type: 'text' }, ' '), null)
})

test('the time left is written as a clock', () => {
  assert.deepEqual([0, 9.9, 65, 3725, -3].map(clockOf), ['0:00', '0:09', '1:05', '1:02:05', '0:00'])
})

test('options are chosen and given up, in their order', () => {
  assert.deepEqual(toggled(null, 2), [2])
  assert.deepEqual(toggled([2], 0), [0, 2])
  assert.deepEqual(toggled([0, 2], 0), [2])
})

test('a question is marked by its share', () => {
  assert.deepEqual([1, 0.5, 0, null].map(share => markOf({ share })), ['right', 'partly', 'wrong', 'open'])
})

test('a question is the same after the editor had it', () => {
  const whole = (body, values) => assert.deepEqual(body, { id: '7', type: body.type, text: '?', imageUrl: '', explanation: 'Why', points: 1.5, ...values })
  const after = one => bodyOf(draftOf(one))
  whole(after(question('single', { options: ['a', 'b'], correctAnswer: 1 })), { options: ['a', 'b'], correctAnswer: 1 })
  whole(after(question('multiple', { options: ['a', 'b', 'c'], correctAnswer: [0, 2] })), { options: ['a', 'b', 'c'], correctAnswer: [0, 2] })
  whole(after(question('boolean', { correctAnswer: false })), { correctAnswer: false })
  whole(after(question('text', { correctAnswer: ['x', 'y'] })), { correctAnswer: ['x', 'y'] })
  whole(after(question('number', { correctAnswer: { value: 3, tolerance: 0.5 } })), { correctAnswer: { value: 3, tolerance: 0.5 } })
  // The right order; the server keeps another one.
  whole(after(question('order', { options: ['b', 'c', 'a'], correctAnswer: [2, 0, 1] })), { options: ['a', 'b', 'c'] })
  whole(after(question('match', { options: ['p', 'q'], choices: ['z', 'y', 'x'], correctAnswer: [2, 1] })), {
    options: ['p', 'q'], correctAnswer: ['x', 'y'], choices: ['x', 'y', 'z'],
  })
})

test('a copy is a question of its own', () => {
  const draft = draftOf(question('single', { options: ['a', 'b'], correctAnswer: 1 }))
  const copy = copyOf(draft)
  assert.equal(copy.id, undefined)
  assert.notEqual(copy.key, draft.key)
  assert.ok(copy.options.every((one, index) => one.key !== draft.options[index].key && one.text === draft.options[index].text))
  assert.equal(bodyOf(copy).id, undefined)
})

test('what is missing is left to the server, and empty options are left out', () => {
  const draft = { ...draftOf(question('single', { options: ['a', ' ', 'b'], correctAnswer: 2 })) }
  assert.deepEqual(bodyOf(draft).options, ['a', 'b'])
  assert.equal(bodyOf(draft).correctAnswer, 1)
  assert.equal(bodyOf({ ...draft, type: 'boolean' }).correctAnswer, null)
  assert.equal(bodyOf({ ...draft, type: 'number', value: 'x', tolerance: 'y' }).correctAnswer.tolerance, -1)
})

test('errors are told beside their question', () => {
  const errors = [['questions[2].text', 'A'], ['questions[2].options[1]', 'B'], ['questions[2].correctAnswer', 'D'], ['title', 'C']]
  assert.deepEqual(errorsOf({ errors: errors.map(([field, message]) => ({ field, message })) }), {
    questions: { 2: { text: 'A', answers: 'B' } }, fields: { title: 'C' },
  })
  assert.deepEqual(errorsOf({ errors: [] }), { questions: {}, fields: {} })
})

test('a question that was kept has keys of this page, and stays the question it was', () => {
  const draft = draftOf(question('single', { options: ['a', 'b'], correctAnswer: 1 }))
  const again = restored(JSON.parse(JSON.stringify(draft)))
  const keys = [again.key, ...again.options.map(({ key }) => key)]
  assert.ok(![draft.key, ...draft.options.map(({ key }) => key)].some(key => keys.includes(key)))
  assert.deepEqual(bodyOf(again), bodyOf(draft))
  assert.equal(again.id, '7')
})

test('what GIFT loses is a picture, and what in a match belongs to nothing', () => {
  const of = (type, values) => losesInGift(draftOf(question(type, values)))
  const pairs = { options: ['a', 'b'], correctAnswer: [0, 1] }
  assert.equal(of('boolean', { correctAnswer: true }), false)
  assert.equal(of('boolean', { correctAnswer: true, imageUrl: '/api/uploads/k' }), true)
  assert.equal(of('match', { ...pairs, choices: ['x', 'y'] }), false)
  assert.equal(of('match', { ...pairs, choices: ['x', 'y', 'z'] }), true)
})
