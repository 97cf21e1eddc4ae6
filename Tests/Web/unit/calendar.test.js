import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

process.env.TZ = 'Europe/Paris'
const lib = await import('../../../Sources/Appliance/Web/Assets/lib/calendar.js')

test('days are added across the ends of months and daylight-saving changes', () => {
  assert.equal(lib.plusDays('2026-03-28', 2), '2026-03-30')
  assert.equal(lib.plusDays('2026-10-25', 1), '2026-10-26')
  assert.equal(lib.plusMonths('2026-01-31', 1), '2026-02-28')
  assert.equal(lib.plusMonths('2026-12-15', 1), '2027-01-15')
  assert.equal(lib.plusMonths('2026-01-15', -1), '2025-12-15')
})

test('a month has whole weeks that start on Monday', () => {
  const weeks = lib.monthOf('2026-11-28')
  assert.equal(weeks.length, 6)
  assert.deepEqual([weeks[0][0], weeks[5][6]], ['2026-10-26', '2026-12-06'])
  assert.deepEqual(lib.spanOf('week', '2026-11-28'), ['2026-11-23', '2026-11-29'])
  assert.equal(lib.turned('month', '2026-01-31', 1), '2026-02-28')
})

test('an event is on each day that it touches; an all-day event on the days of its own time zone', () => {
  const night = lib.ofEvent({ id: '1@1', eventId: '1', title: 'Nuit', start: '2026-11-28T22:30:00Z',
    end: '2026-11-29T01:00:00Z', startDay: '2026-11-28', endDay: '2026-11-29', allDay: false })
  const midnight = lib.ofEvent({ ...night, start: '2026-11-28T20:00:00Z', end: '2026-11-28T23:00:00Z' })
  const whole = lib.ofEvent({ id: '2@1', eventId: '2', title: 'Fermé', start: '2026-11-28T05:00:00Z',
    end: '2026-11-29T05:00:00Z', startDay: '2026-11-28', endDay: '2026-11-28', allDay: true })
  assert.deepEqual([night.first, night.last], ['2026-11-28', '2026-11-29'])
  assert.deepEqual([midnight.first, midnight.last], ['2026-11-28', '2026-11-28'])
  assert.deepEqual(lib.itemsOn([night, whole], '2026-11-28').map(({ title }) => title), ['Fermé', 'Nuit'])
  assert.deepEqual(lib.itemsOn([night, whole], '2026-11-29').map(({ title }) => title), ['Nuit'])
})

test('accepted events and own entries conflict when they overlap, not when they only touch', () => {
  const one = (key, from, to, more) => ({ key, id: key, kind: 'event', from: new Date(from), to: new Date(to), ...more })
  const item = one('a', '2026-11-28T10:00Z', '2026-11-28T11:00Z', { answer: null })
  const others = [
    one('yes', '2026-11-28T10:30Z', '2026-11-28T12:00Z', { answer: 'yes' }),
    one('maybe', '2026-11-28T10:30Z', '2026-11-28T12:00Z', { answer: 'maybe' }),
    one('after', '2026-11-28T11:00Z', '2026-11-28T12:00Z', { answer: 'yes' }),
    one('own', '2026-11-28T09:00Z', '2026-11-28T10:01Z', { kind: 'agenda' }),
    one('whole', '2026-11-28T00:00Z', '2026-11-29T00:00Z', { answer: 'yes', allDay: true }),
  ]
  assert.deepEqual(lib.conflictsOf(item, [item, ...others]).map(({ key }) => key), ['yes', 'own'])
  assert.deepEqual(lib.conflictsOf({ ...item, answer: 'no' }, others), [])
})

test('a rule that the dialog offers is parsed and written again; another stays as it is', () => {
  for (const kind of Object.keys(lib.rulesFor('2026-11-27')))
    assert.equal(lib.partsOf(lib.ruleOf({ kind, until: '', count: '' }, '2026-11-27'), '2026-11-27').kind, kind)
  assert.equal(lib.rulesFor('2026-11-30').monthlyByDay, 'FREQ=MONTHLY;BYDAY=-1MO')
  const parts = lib.partsOf('FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T000000Z', '2026-11-27')
  assert.deepEqual([parts.kind, parts.until], ['weekly', '2026-12-31'])
  assert.equal(lib.ruleOf(parts, '2026-11-27'), 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231')
  const own = lib.partsOf('FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=4', '2026-11-27')
  assert.deepEqual([own.kind, own.count], ['custom', '4'])
  assert.equal(lib.ruleOf(own, '2026-11-27'), 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1;COUNT=4')
})

test('a new event starts at the next full hour today, and within the working day on others', () => {
  const now = new Date('2026-11-28T06:20:00')
  const text = day => lib.firstStart(day, now).toString().slice(4, 21)
  assert.equal(text('2026-11-28'), 'Nov 28 2026 07:00')
  assert.equal(text('2026-11-29'), 'Nov 29 2026 08:00')
  assert.equal(lib.firstStart('2026-11-28', new Date('2026-11-28T23:20:00')).toString().slice(4, 21), 'Nov 29 2026 00:00')
})

test('the days between two days are counted across a daylight-saving change', () => {
  assert.equal(lib.daysBetween('2026-10-24', '2026-10-26'), 2)
  assert.equal(lib.daysBetween('2026-11-28', '2026-11-25'), -3)
})
