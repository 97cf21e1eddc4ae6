const forEver = () => new Promise(() => {})

/** The name of the lock that a tab holds while it exists. */
export const lockOf = id => `obox.tab.${id}`

/**
 * Requests the lock of this tab, and calls `held()` once it is granted. A page that holds a lock is kept out
 * of the browser's back/forward cache.
 */
export const holdTabLock = (id, held) => navigator.locks?.request(lockOf(id), () => { held(); return forEver() })

/**
 * Holds a lock for the life of the worker. Resolves to its name; to null if there are no locks (plain HTTP
 * from another host).
 */
export function holdWorkerLock() {
  const name = `obox.worker.${Math.random().toString(36).slice(2)}`
  if (!navigator.locks) return Promise.resolve(null)
  return new Promise(resolve => navigator.locks.request(name, () => { resolve(name); return forEver() }))
}

/** Calls `ended()` when the lock is released. */
export const whenFree = (name, ended) => navigator.locks?.request(name, () => ended())
