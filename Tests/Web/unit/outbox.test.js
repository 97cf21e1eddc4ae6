import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { Outbox } = await import('../../../Sources/Appliance/Web/Assets/lib/chat/outbox.js')

test('the outbox sends again in order until it is told', () => {
  /*
    page                    connection
    writes a, b, c          away
                            comes: a, b, c leave; a is acknowledged, then it is cut
                            comes: b, c leave again
  */
  let live = false
  const sent = []
  const outbox = new Outbox({ send: entry => live && Boolean(sent.push(entry.clientId)), changed: () => {} })
  for (const clientId of ['a', 'b', 'c']) outbox.add({ clientId, channel: '1', text: clientId })
  assert.deepEqual(sent, [])
  live = true
  outbox.reconnected()
  outbox.acknowledged('a', '7')
  outbox.drop('a')
  live = false
  outbox.lost()
  live = true
  outbox.reconnected()
  outbox.refused('b', 'no')
  outbox.reconnected()
  const send = entry => Boolean(sent.push('reload ' + entry.clientId))
  const after = new Outbox({ entries: outbox.entries, send, changed: () => {} })
  after.reconnected()
  assert.deepEqual(sent, ['a', 'b', 'c', 'b', 'c', 'c', 'reload c'])
  assert.deepEqual(after.entries.map(({ clientId, state }) => `${clientId} ${state}`), ['b refused', 'c sending'])
})

test('messages of a tab that is gone are sent by another and those of a living one are not', () => {
  const sent = []
  const outbox = new Outbox({ tab: 'me', send: entry => Boolean(sent.push(entry.clientId)), changed: () => {} })
  outbox.apply({ clientId: 'x', channel: '1', tab: 'living', createdAt: '2', state: 'waiting' })
  outbox.apply({ clientId: 'y', channel: '1', tab: 'gone', createdAt: '1', state: 'sending' })
  outbox.adopt(['me', 'living'])
  outbox.reconnected()
  assert.deepEqual(sent, ['y', 'y'])
  assert.deepEqual(outbox.entries.map(({ clientId, tab }) => `${clientId} ${tab}`), ['y me', 'x living'])
})
