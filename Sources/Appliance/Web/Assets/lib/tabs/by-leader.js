import { Watch } from './watch.js'

const name = 'obox.line'
const checkEvery = 5000
/** It asks every 5 s whether the others are there. */
const silentFor = 12_000

/** The tab that holds the lock has the switchboard; the others reach it by a channel. See `carry`. */
export function byLeader(id, told, makeBoard) {
  const channel = new BroadcastChannel(name)
  let board = null
  let waiting = null
  let release = null
  const watch = new Watch({ ask: () => post({ do: 'ping' }), lost: takeOver, silentFor })

  const post = message => channel.postMessage({ to: 'leader', from: id, message })
  const teller = to => message => to === id ? queueMicrotask(() => told(message)) : channel.postMessage({ to, message })

  channel.onmessage = ({ data: { to, from, message } }) => {
    if (to === 'leader') return void board?.said(from, message, teller(from))
    if (to !== id && to !== 'all') return
    watch.heard()
    told(message)
  }

  function lead() {
    board = makeBoard()
    watch.end()
    channel.postMessage({ to: 'all', message: { tell: 'enter' } })
    told({ tell: 'enter' })
    return new Promise(end => { release = end })
  }

  function resign() {
    board?.close()
    board = null
    release?.()
    release = null
  }

  /** Stands in line for the lead, or takes it; a lead that another tab has taken is over. */
  function queue(steal = false) {
    waiting?.abort()
    waiting = steal ? null : new AbortController()
    navigator.locks.request(name, steal ? { steal } : { signal: waiting.signal }, lead).catch(error => {
      if (!board || error.name !== 'AbortError') return
      resign()
      queue()
      told({ tell: 'enter' })
    })
  }

  /** A leader that hangs does not answer: who is looked at takes its place. */
  function takeOver() {
    if (!board && document.visibilityState === 'visible') queue(true)
  }

  /** A tab that the browser freezes leaves the lead, or its place in the line, to one that runs; and stands there again after it. */
  function freeze() {
    if (!board && !waiting) return
    leaveLine()
    document.addEventListener('resume', () => {
      queue()
      told({ tell: 'enter' })
    }, { once: true })
  }

  function leaveLine() {
    resign()
    waiting?.abort()
    waiting = null
  }

  document.addEventListener('freeze', freeze)
  setInterval(() => { if (!board) watch.check() }, checkEvery)
  queue()
  return {
    get kind() { return board ? 'leader' : 'follower' },
    say(message) {
      if (board) return board.said(id, message, teller(id))
      post(message)
      watch.check(message.do === 'enter')
    },
    stop() {
      watch.end()
      if (!board) post({ do: 'leave' })
      leaveLine()
    },
    resume() { if (!board && !waiting) queue() },
  }
}
