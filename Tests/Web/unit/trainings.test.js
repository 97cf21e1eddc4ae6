import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets'
const { isRecorded, placesOf, stepOf, takenOf } = await import(`${assets}/lib/trainings.js`)
const { ofEntry, conflictsOf } = await import(`${assets}/lib/calendar.js`)
const { prefer } = await import(`${assets}/lib/i18n.js`)

const now = Date.parse('2026-11-28T12:00:00Z')
const training = {
  startDate: '2026-12-01T09:00:00.000Z', endDate: null, isActive: true, maxParticipants: 2, currentParticipants: 1,
  waitingCount: 0, myStatus: null, myCompletionDate: null, myValidUntil: null,
}
const step = changes => stepOf({ ...training, ...changes }, now)

test('nothing is offered that would be refused', () => {
  assert.equal(step({ isActive: false }), null)
  assert.equal(step({ startDate: '2026-11-28T11:00:00.000Z' }), null)
  assert.equal(step({ startDate: '2026-11-28T11:00:00.000Z', myStatus: 'registered' }), null)
  assert.equal(step({ myStatus: 'completed', myCompletionDate: '2026-12-01T09:00:00.000Z' }), null)
  assert.equal(step({ startDate: null, myStatus: 'completed', myCompletionDate: '2026-01-01T09:00:00.000Z' }), null)
  assert.equal(step({ isOwn: true }), null)
})

test('the next step is a place, a turn on the waiting list, or to give either up', () => {
  assert.equal(step({}), 'register')
  assert.equal(step({ startDate: null }), 'register')
  assert.equal(step({ myStatus: 'cancelled' }), 'register')
  assert.equal(step({ currentParticipants: 2 }), 'wait')
  assert.equal(step({ maxParticipants: null, currentParticipants: 200 }), 'register')
  assert.equal(step({ myStatus: 'registered' }), 'cancel')
  assert.equal(step({ myStatus: 'waiting', currentParticipants: 2 }), 'cancel')
})

test('what was completed is renewed at a new date, or in the last month of its validity', () => {
  assert.equal(step({ myStatus: 'completed', myCompletionDate: '2025-12-01T09:00:00.000Z' }), 'register')
  const undated = { startDate: null, myStatus: 'completed', myCompletionDate: '2026-01-01T09:00:00.000Z' }
  assert.equal(step({ ...undated, myValidUntil: '2026-12-20T09:00:00.000Z' }), 'register')
  assert.equal(step({ ...undated, myValidUntil: '2027-12-20T09:00:00.000Z' }), null)
})

test('places are told in words, and results are recorded from the start on', () => {
  prefer({ language: 'en' })
  assert.equal(placesOf(training), '1 place left')
  assert.equal(placesOf({ ...training, currentParticipants: 2, waitingCount: 3 }), 'Full · 3 waiting')
  assert.equal(placesOf({ ...training, maxParticipants: null }), null)
  assert.equal(takenOf(training), '1 of 2')
  assert.equal(takenOf({ ...training, maxParticipants: null }), '1')
  assert.equal(takenOf({ ...training, currentParticipants: 3 }), '3 for 2 places: those registered keep theirs')
  assert.equal(isRecorded(training, now), false)
  assert.equal(isRecorded({ ...training, startDate: null }, now), true)
  prefer({ language: 'fr' })
})

test('a training takes the time of its participants, unless they wait for a place', () => {
  const entry = changes => ofEntry({
    id: 'training-7', kind: 'training', title: 'x', start: '2026-12-01T09:00:00.000Z', end: '2026-12-01T10:00:00.000Z',
    isWaiting: false, ...changes,
  })
  const event = { kind: 'event', key: '7@1', id: '7', answer: 'yes', allDay: false,
    from: new Date('2026-12-01T09:30:00Z'), to: new Date('2026-12-01T11:00:00Z') }
  assert.deepEqual(conflictsOf(event, [event, entry()]).map(({ key }) => key), ['training-7'])
  assert.deepEqual(conflictsOf(event, [event, entry({ isWaiting: true })]), [])
})
