const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('obox.client') : null

/** Publishes to the other tabs that a session has begun ("entered") or ended ("left", with the reason). */
export const publish = (type, reason) => channel?.postMessage({ type, reason })

/** Calls `listener(type, reason)` for what other tabs publish. */
export const onPublished = listener =>
  channel?.addEventListener('message', ({ data }) => listener(data.type, data.reason))
