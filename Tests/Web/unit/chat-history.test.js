import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const chat = '../../../Sources/Appliance/Web/Assets/lib/chat'
const w = await import(`${chat}/message-window.js`)
const { rowsOf } = await import(`${chat}/rows.js`)

test('a window has each message once in order and is bounded', () => {
  const message = id => ({ id: String(id), revision: 0 })
  const page = (from, to) => Array.from({ length: from - to + 1 }, (_, n) => message(from - n))
  const ends = ({ messages, more, newer }) => [messages[0].id, messages.at(-1).id, messages.length, more, newer]
  let view = w.replaced(page(100, 51), { more: true, newer: false })
  view = w.arrived(view, [message(102), message(101), message(101)], true)
  assert.deepEqual(view.messages.map(one => Number(one.id)), Array.from({ length: 52 }, (_, n) => 51 + n))
  view = w.extendedBack(view, page(50, 1), false, 60)
  assert.deepEqual(ends(view), ['1', '60', 60, false, true])
  assert.equal(w.arrived(view, [message(103)], true).messages.at(-1).id, '60')
  view = w.extendedOn(view, page(103, 61), false, 60)
  assert.deepEqual(ends(view), ['44', '103', 60, true, false])
  const full = w.arrived(view, [message(104)], false, 60)
  assert.deepEqual([full.messages.at(-1).id, full.newer], ['103', true])
  const followed = w.arrived(view, [message(104)], true, 60)
  assert.deepEqual([followed.messages.at(-1).id, followed.messages.length, followed.more], ['104', 60, true])
})

test('a change is taken once and never backwards', () => {
  let view = w.replaced([{ id: '1', text: 'a', revision: 0 }], { more: false, newer: false })
  const seen = []
  for (const [text, revision] of [['b', 2], ['old', 1], ['again', 2], ['c', 3]]) {
    view = w.changed(view, '1', revision, known => ({ ...known, text, revision }))
    seen.push(view.messages[0].text)
  }
  view = w.arrived(view, [{ id: '1', text: 'stale', revision: 0 }], true)
  assert.deepEqual([...seen, view.messages[0].text], ['b', 'b', 'b', 'c', 'c'])
})

test('rows are grouped by author and day with the line before the first unread', () => {
  const message = (id, authorId, createdAt) => ({ id, authorId, authorName: 'Dominique', createdAt })
  const messages = [
    message('1', 'x', '2026-03-01T10:00:00Z'), message('2', 'x', '2026-03-01T10:01:00Z'),
    message('2.5', 'z', '2026-03-01T10:01:30Z'), message('3', 'x', '2026-03-01T10:20:00Z'),
    message('4', 'y', '2026-03-01T10:21:00Z'), message('5', 'y', '2026-03-03T10:21:30Z'),
  ]
  const rows = rowsOf({ messages, unreadFrom: '4', newer: false, pending: [], reads: { y: '5' } }, { own: 'y', other: 'y' })
  assert.deepEqual(rows.map(row => row.kind + (row.message ? row.message.id + (row.grouped ? '+' : '') : '')),
    ['day', 'message1', 'message2+', 'message2.5', 'message3', 'new', 'message4', 'day', 'message5', 'seen'])
})
