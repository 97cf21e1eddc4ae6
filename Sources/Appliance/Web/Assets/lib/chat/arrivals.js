const listeners = new Set()

/** Calls `listener(message)` for every message that the server sends: live, or in a page of history. */
export const onMessage = listener => { listeners.add(listener) }

export const publishMessage = message => { for (const listener of listeners) listener(message) }
