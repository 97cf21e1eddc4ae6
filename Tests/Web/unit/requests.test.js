import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { timelineOf } = await import('../../../Sources/Appliance/Web/Assets/lib/requests.js')

test('an anonymous answer, whose time is rounded down, stays after the question', () => {
  const comment = (id, createdAt) => ({ id, createdAt })
  const comments = [comment('3', '2024-01-01T12:00:00Z'), comment('2', '2024-01-01T12:40:00Z'), comment('1', '2024-01-01T11:00:00Z')]
  const changes = [comment('b', '2024-01-01T12:50:00Z'), comment('a', '2024-01-01T10:00:00Z')]
  const timeline = timelineOf(comments, changes)
  assert.deepEqual(timeline.map(({ kind, id }) => `${kind} ${id}`),
    ['change a', 'comment 1', 'comment 2', 'comment 3', 'change b'])
})

test('what happened at the same moment keeps its order, changes first', () => {
  const at = id => ({ id, createdAt: '2024-01-01T12:00:00Z' })
  assert.deepEqual(timelineOf([at('2'), at('1')], [at('b'), at('a')]).map(({ id }) => id), ['a', 'b', '1', '2'])
})
