import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { consoleURL, endOf, hasConsole, strokesOf } = await import('../../../Sources/Appliance/Web/Assets/lib/console.js')

test('a console is offered while the machine runs on a host that answers and has consoles', () => {
  const machine = { console: true, status: 'running', host_reachable: true }
  assert.equal(hasConsole(machine), true)
  assert.equal(hasConsole({ ...machine, status: 'paused' }), true)
  const never = [{ status: 'stopped' }, { status: 'creating' }, { console: false }, { console: undefined }, { host_reachable: false }]
  assert.deepEqual(never.map(part => hasConsole({ ...machine, ...part })), never.map(() => false))
})

test('the socket of a console is as safe as its page', () => {
  assert.equal(consoleURL('a_b', { protocol: 'https:', host: 'box' }), 'wss://box/ws/console/a_b')
  assert.equal(consoleURL('a/b', { protocol: 'http:', host: 'box:4000' }), 'ws://box:4000/ws/console/a%2Fb')
})

test('only a lost connection is opened again without being asked', () => {
  assert.deepEqual(endOf(4000, 'CONSOLE_BUSY'), { key: 'console.end.CONSOLE_BUSY', again: false })
  assert.deepEqual(endOf(4000, 'of a later version'), { key: 'console.end.CONSOLE_FAILED', again: false })
  assert.deepEqual(endOf(4001, 'SIGNED_OUT'), { key: 'console.end.SESSION', again: false })
  assert.deepEqual([1006, 1001, 1013].map(code => endOf(code, '').again), [true, true, true])
})

test('a text is typed by the keys of a US keyboard', () => {
  const { strokes, missing } = strokesOf('aB1!\n~ \t')
  assert.deepEqual(missing, [])
  assert.deepEqual(strokes.map(({ code, shift }) => `${shift ? '+' : ''}${code}`),
    ['KeyA', '+KeyB', 'Digit1', '+Digit1', 'Enter', '+Backquote', 'Space', 'Tab'])
  assert.deepEqual(strokes.map(({ keysym }) => keysym), [97, 66, 49, 33, 0xff0d, 126, 32, 0xff09])
})

test('each printable ASCII character has a key, and others are named', () => {
  const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, offset) => 32 + offset))
  assert.equal(strokesOf(ascii).strokes.length, 95)
  assert.deepEqual(strokesOf('é😀é\r\nx').missing, ['é', '😀'])
  assert.deepEqual(strokesOf('é😀é\r\nx').strokes.map(({ code }) => code), ['Enter', 'KeyX'])
})
