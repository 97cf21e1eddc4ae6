import { Watch } from './watch.js'

/**
 * Of the lock and of the channel; the number changes with the messages, so that tabs of an older version keep
 * apart.
 */
const name = 'obox.line.2'
const checkEvery = 5000
/** The leader sends a message every 5 s. */
const silentFor = 12_000

/**
 * A carrier to the switchboard in the tab that holds the lock (the leader), over a broadcast channel. See
 * `carry`.
 */
export function byLeader(id, receive, makeBoard) {
  const channel = new BroadcastChannel(name)
  let board = null
  let waiting = null
  let release = null
  const watch = new Watch({ ping: () => post({ do: 'ping' }), lost: takeOver, silentFor })

  const post = message => channel.postMessage({ to: 'leader', from: id, message })
  const replyTo = to => message => {
    if (to === id) queueMicrotask(() => receive(message))
    else channel.postMessage({ to, message })
  }

  channel.onmessage = ({ data: { to, from, message } }) => {
    if (to === 'leader') return void board?.receive(from, message, replyTo(from))
    if (to !== id && to !== 'all') return
    watch.received()
    receive(message)
  }

  function lead() {
    board = makeBoard()
    watch.end()
    channel.postMessage({ to: 'all', message: { event: 'enter' } })
    receive({ event: 'enter' })
    return new Promise(end => { release = end })
  }

  function resign() {
    board?.close()
    board = null
    release?.()
    release = null
  }

  /**
   * Waits for the lead, or with `steal` takes it from the tab that has it; a leader whose lead is taken
   * resigns and waits.
   */
  function queue(steal = false) {
    waiting?.abort()
    waiting = steal ? null : new AbortController()
    navigator.locks.request(name, steal ? { steal } : { signal: waiting.signal }, lead).catch(error => {
      if (!board || error.name !== 'AbortError') return
      resign()
      queue()
      receive({ event: 'enter' })
    })
  }

  /** The leader does not answer: a visible tab takes its place. */
  function takeOver() {
    if (!board && document.visibilityState === 'visible') queue(true)
  }

  /** A tab that the browser freezes gives up the lead, or its place in the queue, until it is resumed. */
  function freeze() {
    if (!board && !waiting) return
    leaveLine()
    document.addEventListener('resume', () => {
      queue()
      receive({ event: 'enter' })
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
    send(message) {
      if (board) return board.receive(id, message, replyTo(id))
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
