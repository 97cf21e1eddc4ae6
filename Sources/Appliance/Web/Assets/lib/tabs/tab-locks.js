const forEver = () => new Promise(() => {})

/** What a tab holds for as long as it is there. */
export const lockOf = id => `obox.tab.${id}`

/** Takes that lock; `held()` is told once it is. A page that holds one is not kept by the browser when it goes. */
export const holdTabLock = (id, held) => navigator.locks?.request(lockOf(id), () => { held(); return forEver() })

/** Takes a lock for the worker's life; resolves to its name, or to null where there are no locks (plain HTTP from another host). */
export function holdWorkerLock() {
  const name = `obox.worker.${Math.random().toString(36).slice(2)}`
  if (!navigator.locks) return Promise.resolve(null)
  return new Promise(resolve => navigator.locks.request(name, () => { resolve(name); return forEver() }))
}

/** Calls `ended` when the holder of that lock is gone. */
export const whenFree = (name, ended) => navigator.locks?.request(name, () => ended())
