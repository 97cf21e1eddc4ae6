import { makeBoard } from './lib/tabs/board.js'
import { holdWorkerLock, lockOf } from './lib/tabs/tab-locks.js'

// The shared worker with the live connection of all tabs of this browser. It ends with the last of them.
const board = makeBoard()
const held = holdWorkerLock()

globalThis.onconnect = ({ ports: [port] }) => {
  const reply = message => port.postMessage(message)
  port.onmessage = ({ data: { id, ...message } }) => {
    // The lock is released when its tab is closed, navigates away or crashes.
    if (message.do === 'locked') navigator.locks.request(lockOf(id), () => board.receive(id, { do: 'leave' }, reply))
    else board.receive(id, message, reply)
  }
  held.then(lock => reply({ event: 'hello', lock }))
}
