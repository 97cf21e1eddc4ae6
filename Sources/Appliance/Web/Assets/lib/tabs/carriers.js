import { makeBoard } from './board.js'
import { byLeader } from './by-leader.js'
import { byWorker } from './by-worker.js'

/** A switchboard for this tab only. */
function alone(id, receive) {
  const board = makeBoard()
  const send = message => board.receive(id, message, receive)
  return { kind: 'alone', send, stop: () => send({ do: 'leave' }) }
}

const withoutWorker = (id, receive) =>
  navigator.locks && 'BroadcastChannel' in globalThis ? byLeader(id, receive, makeBoard) : alone(id, receive)

/**
 * The carrier between this tab and the switchboard: {kind, send(message), stop(), resume?()};
 * `receive(message)` is called with its messages. The switchboard runs in a shared worker; in browsers
 * without shared workers (Chromium on Android) in the tab that holds a lock; without locks (the same browsers
 * over plain HTTP) in each tab.
 */
export function carry(id, receive) {
  const path = document.querySelector('script[data-worker]')?.dataset.worker
  if (!path || !('SharedWorker' in globalThis)) return withoutWorker(id, receive)
  return byWorker(id, receive, path, receive => withoutWorker(id, receive))
}
