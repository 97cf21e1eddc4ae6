import { holdTabLock, whenFree } from './tab-locks.js'
import { Watch } from './watch.js'

const checkEvery = 5000
/** It asks every 5 s whether one is there. */
const silentFor = 12_000
/** A worker that has said nothing by then is none. */
const startTakes = 8000

/** The shared worker has the switchboard. See `carry`; `instead(told)` makes the way for where no worker starts. */
export function byWorker(id, told, path, instead) {
  let port = null
  let other = null
  let works = false
  let isHeld = false
  const watch = new Watch({ ask: () => post({ do: 'ping' }), lost: () => start({ again: true }), silentFor })
  const post = message => port?.postMessage({ ...message, id })

  function fail() {
    if (works || other) return
    port?.close()
    watch.end()
    clearInterval(checking)
    other = instead(told)
    told({ tell: 'enter' })
  }

  /** Begins a worker, or finds the one that the other tabs have; one that died with the tab beside which it lived, begins anew. */
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
        hear(data)
      }
      setTimeout(fail, startTakes)
    } catch {
      return queueMicrotask(fail)
    }
    if (isHeld) post({ do: 'locked' })
    if (again) told({ tell: 'enter' })
  }

  function hear(message) {
    watch.heard()
    works = true
    if (!other) told(message)
  }

  const checking = setInterval(() => watch.check(), checkEvery)
  start()
  holdTabLock(id, () => {
    isHeld = true
    post({ do: 'locked' })
  })
  return {
    get kind() { return other?.kind ?? 'worker' },
    say(message) {
      if (other) return other.say(message)
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
