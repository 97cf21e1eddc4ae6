import { makeBoard } from './lib/tabs/board.js'
import { holdWorkerLock, lockOf } from './lib/tabs/tab-locks.js'

// The one live connection of all tabs of this browser: it lives as long as one of them does.
const board = makeBoard()
const held = holdWorkerLock()

globalThis.onconnect = ({ ports: [port] }) => {
  const answer = message => port.postMessage(message)
  port.onmessage = ({ data: { id, ...message } }) => {
    // The lock is free when its tab is gone, by whatever way: closed, gone elsewhere, or crashed.
    if (message.do === 'locked') navigator.locks.request(lockOf(id), () => board.said(id, { do: 'leave' }, answer))
    else board.said(id, message, answer)
  }
  held.then(lock => answer({ tell: 'hello', lock }))
}
