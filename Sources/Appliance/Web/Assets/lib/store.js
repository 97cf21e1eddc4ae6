/**
 * A value with subscribers, which are called after each change. `set` accepts a patch, or a function that
 * returns one.
 */
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
