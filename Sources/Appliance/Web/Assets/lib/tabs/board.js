import { LiveSocket } from '../socket.js'
import { Switchboard } from './switchboard.js'

const beatEvery = 5000

/** A switchboard on a live connection to this origin; runs in a tab or in a worker. */
export function makeBoard() {
  const { protocol, host } = globalThis.location
  const url = `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws`
  const board = new Switchboard(receive => new LiveSocket(url, receive))
  const beat = setInterval(() => board.tick(), beatEvery)
  return {
    receive: (...message) => board.receive(...message),
    close() {
      clearInterval(beat)
      board.close()
    },
  }
}
