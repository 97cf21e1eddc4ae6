import { makeBoard } from './lib/tabs/board.js'

// The one live connection of all tabs of this browser: it lives as long as one of them does.
const board = makeBoard()

globalThis.onconnect = ({ ports: [port] }) => {
  let tab = null
  const answer = message => port.postMessage(message)
  port.onmessage = ({ data: { id, ...message } }) => board.said(tab = id, message, answer)
  // Where the browser tells that a tab has crashed, or closed without a word.
  port.onclose = () => { if (tab !== null) board.said(tab, { do: 'leave' }, answer) }
  answer({ tell: 'hello' })
}
