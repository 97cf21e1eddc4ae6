import { makeBoard } from './board.js'
import { byLeader } from './by-leader.js'
import { byWorker } from './by-worker.js'

/** For itself alone; what is told once outside the page (notifications) is not offered without locks anyway. */
function alone(id, told) {
  const board = makeBoard()
  return { kind: 'alone', say: message => board.said(id, message, told), stop: () => board.said(id, { do: 'leave' }, told) }
}

const withoutWorker = (id, told) => navigator.locks && 'BroadcastChannel' in globalThis ? byLeader(id, told, makeBoard) : alone(id, told)

/**
 * The way to the switchboard: a shared worker; in a browser without them (Chromium on Android) the tab that holds a lock;
 * and without locks too (that browser over plain HTTP) each tab has its own. `say(message)` and `stop()`; `told(message)` hears.
 */
export function carry(id, told) {
  const path = document.querySelector('script[data-worker]')?.dataset.worker
  if (path && 'SharedWorker' in globalThis) return byWorker(id, told, path, heard => withoutWorker(id, heard))
  return withoutWorker(id, told)
}
