import './browser.js'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

const lib = '../../../Sources/Appliance/Web/Assets/lib'
const { Switchboard } = await import(`${lib}/tabs/switchboard.js`)
const { createStore } = await import(`${lib}/store.js`)

// A connection that notes what is sent, and tabs that note what they receive; no socket.
let sent, received, hear, connection, board

beforeEach(() => {
  sent = []
  received = {}
  connection = createStore({ state: 'idle', attempts: 0 })
  board = new Switchboard(receive => {
    hear = receive
    return {
      connection, open: () => connection.set({ state: 'live' }), close: () => connection.set({ state: 'idle' }),
      hurry() {}, send: (type, payload) => sent.push([type, payload]),
    }
  })
})

const say = (id, message) => board.receive(id, message, answer => (received[id] ??= []).push(answer))
const enter = (id, person = '1', more = {}) => say(id, { do: 'enter', person, topics: [], seen: false, ...more })
const join = (id, channel, since, revision = 0) =>
  say(id, { do: 'send', type: 'JOIN_CHANNEL', payload: { channel, since, revision } })
const frames = id => (received[id] ?? []).filter(one => one.event === 'frame')
  .map(({ type, payload }) => `${type} ${payload.id ?? payload.topic ?? payload.last ?? payload.code ?? ''}`)
const types = () => sent.map(([type]) => type)

test('a frame for one person reaches no tab of another', () => {
  enter('a', '1')
  enter('b', '2')
  hear('NOTIFICATION', { id: '7' })
  assert.deepEqual(frames('a'), [])
  assert.ok(received.a.some(one => one.event === 'person'))
  assert.deepEqual(frames('b'), ['NOTIFICATION 7'])
})

test('a topic is asked for once and given up with its last tab', () => {
  enter('a')
  say('a', { do: 'subscribe', topic: 'vms' })
  hear('SUBSCRIBED', { topic: 'vms' })
  hear('VM_STATS', { id: 'loads' })
  enter('b')
  say('b', { do: 'subscribe', topic: 'vms' })
  say('a', { do: 'leave' })
  assert.deepEqual(types(), ['SUBSCRIBE'])
  say('b', { do: 'unsubscribe', topic: 'vms' })
  assert.deepEqual(types(), ['SUBSCRIBE', 'UNSUBSCRIBE'])
  assert.deepEqual(frames('b'), ['SUBSCRIBED vms', 'VM_STATS loads'])
})

test('tabs that join at once share an answer and what comes meanwhile is held', () => {
  enter('a')
  enter('b')
  join('a', '5', '10')
  hear('CHAT_MESSAGE', { channel: '5', id: '12' })
  join('b', '5', '10')
  assert.deepEqual([frames('a'), frames('b')], [[], []])
  hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '11', revision: 0 })
  hear('CHAT_MESSAGE', { channel: '5', id: '13' })
  assert.equal(sent.length, 1)
  for (const id of ['a', 'b']) assert.deepEqual(frames(id), ['CHANNEL_JOINED 11', 'CHAT_MESSAGE 12', 'CHAT_MESSAGE 13'])
})

test('a tab that misses something asks and one that misses nothing is answered here', () => {
  enter('a')
  enter('b')
  enter('c')
  join('a', '5', '10')
  hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '10', revision: 3 })
  join('b', '5', '10', 3)
  assert.equal(sent.length, 1)
  join('c', '5', '8', 3)
  assert.equal(sent.length, 2)
  hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '14', revision: 3 })
  // A join anew takes the connection off the channel: its page is news to those who are in.
  for (const id of ['a', 'b']) assert.deepEqual(frames(id), ['CHANNEL_JOINED 10', 'CHANNEL_JOINED 14'])
  assert.deepEqual(frames('c'), ['CHANNEL_JOINED 14'])
})

test('a channel that a tab has not joined is not received to it', () => {
  enter('a')
  enter('b')
  join('a', '5', '10')
  hear('CHANNEL_JOINED', { channel: '5', messages: [], last: '10', revision: 0 })
  hear('CHAT_MESSAGE', { channel: '5', id: '11' })
  hear('READ', { channel: '5', id: '11' })
  assert.deepEqual(frames('a'), ['CHANNEL_JOINED 10', 'CHAT_MESSAGE 11', 'READ 11'])
  assert.deepEqual(frames('b'), ['READ 11'])
})

test('one tab tells outside the page, the one looked at last', () => {
  for (const id of ['a', 'b', 'c']) enter(id)
  const role = id => received[id].findLast(one => one.event === 'role')
  say('a', { do: 'seen', seen: true })
  assert.deepEqual(['a', 'b', 'c'].map(id => role(id).looked), [true, true, true])
  say('a', { do: 'seen', seen: false })
  assert.deepEqual(['a', 'b', 'c'].map(id => role(id).first && !role(id).looked), [true, false, false])
  say('a', { do: 'leave' })
  assert.equal(['b', 'c'].filter(id => role(id).first).length, 1)
})

test('a tab that does not answer holds nothing and comes back when it speaks', () => {
  enter('a')
  enter('b')
  for (let round = 0; round < 3; round += 1) {
    board.tick()
    say('b', { do: 'here' })
  }
  say('b', { do: 'leave' })
  assert.equal(connection.get().state, 'idle')
  say('a', { do: 'hurry' })
  assert.equal(received.a.at(-1).event, 'enter')
})

test('a sign-in anew gets a connection of its own', () => {
  const states = []
  connection.subscribe(({ state }) => states.push(state))
  enter('a')
  enter('b')
  enter('a', '1', { renew: true })
  assert.deepEqual(states.slice(states.indexOf('live')), ['live', 'idle', 'live'])
})
