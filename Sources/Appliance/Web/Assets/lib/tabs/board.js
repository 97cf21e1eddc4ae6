import { LiveSocket } from '../socket.js'
import { Switchboard } from './switchboard.js'

const beatEvery = 5000

/** A switchboard on this origin's live connection; runs in a tab and in a worker. */
export function makeBoard() {
  const { protocol, host } = globalThis.location
  const board = new Switchboard(heard => new LiveSocket(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws`, heard))
  const beat = setInterval(() => board.tick(), beatEvery)
  return {
    said: (...words) => board.said(...words),
    close() {
      clearInterval(beat)
      board.close()
    },
  }
}
