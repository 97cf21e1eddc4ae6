import { holdTabLock, whenFree } from './tab-locks.js'
import { Watch } from './watch.js'

const checkEvery = 5000
/** The worker sends a message every 5 s. */
const silentFor = 12_000
/** A worker without a message within this time has not started. */
const startTakes = 8000

/**
 * A carrier to the switchboard in the shared worker, see `carry`. If no worker starts, `instead(receive)`
 * makes another one.
 */
export function byWorker(id, receive, path, instead) {
  let port = null
  let other = null
  let works = false
  let isHeld = false
  const watch = new Watch({ ping: () => post({ do: 'ping' }), lost: () => start({ again: true }), silentFor })
  const post = message => port?.postMessage({ ...message, id })

  function fail() {
    if (works || other) return
    port?.close()
    watch.end()
    clearInterval(checking)
    other = instead(receive)
    receive({ event: 'enter' })
  }

  /** Starts the worker or connects to the running one; `again`: after it has died. */
  function start({ again = false } = {}) {
    works = false
    try {
      port?.close()
      const worker = new SharedWorker(path, { type: 'module', name: 'obox' })
      worker.onerror = fail
      port = worker.port
      const mine = port
      port.onmessage = ({ data }) => {
        if (data.lock) whenFree(data.lock, () => { if (port === mine) start({ again: true }) })
        received(data)
      }
      setTimeout(fail, startTakes)
    } catch {
      return queueMicrotask(fail)
    }
    if (isHeld) post({ do: 'locked' })
    if (again) receive({ event: 'enter' })
  }

  function received(message) {
    watch.received()
    works = true
    if (!other) receive(message)
  }

  const checking = setInterval(() => watch.check(), checkEvery)
  start()
  holdTabLock(id, () => {
    isHeld = true
    post({ do: 'locked' })
  })
  return {
    get kind() { return other?.kind ?? 'worker' },
    send(message) {
      if (other) return other.send(message)
      post(message)
      watch.check()
    },
    stop() {
      if (other) return other.stop()
      watch.end()
      post({ do: 'leave' })
    },
    resume() { other?.resume?.() },
  }
}
