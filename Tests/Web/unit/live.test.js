import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets/lib'
const { backoff } = await import(`${assets}/socket.js`)
const { timed } = await import(`${assets}/steps.js`)

test('waiting for the socket grows and is bounded', () => {
  assert.deepEqual([0, 1, 2, 3, 50].map(attempt => backoff(attempt, () => 0.5)), [500, 1000, 2000, 4000, 15000])
})

test('a step is timed from what was seen of it', () => {
  const job = status => ({ id: '1', steps: [{ name: 'disk', status }] })
  let known = timed(undefined, job('pending'), 1000)
  known = timed(known, job('running'), 2000)
  known = timed(known, job('running'), 2500)
  known = timed(known, job('done'), 3000)
  assert.deepEqual([known.steps[0].beganAt, known.steps[0].endedAt], [2000, 3000])
})
