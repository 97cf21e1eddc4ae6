/** A value that tells its watchers about each change. `set` takes a patch or a function of the value. */
export function createStore(initial) {
  let value = initial
  const watchers = new Set()
  return {
    get: () => value,
    set(patch) {
      value = { ...value, ...(typeof patch === 'function' ? patch(value) : patch) }
      for (const watcher of [...watchers]) watcher(value)
    },
    subscribe(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
