const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('obox.client') : null

/** Tells the other tabs "entered", or "left" and why. */
export const tellTabs = (type, reason) => channel?.postMessage({ type, reason })

/** Has `listener(type, reason)` hear what the other tabs tell. */
export const hearTabs = listener => channel?.addEventListener('message', ({ data }) => listener(data.type, data.reason))
