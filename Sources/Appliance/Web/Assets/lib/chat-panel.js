import { createStore } from './store.js'

/** Which panel stands beside the thread: "people", "pins", "search", or none (null). */
export const panel = createStore({ name: null, opener: null })

/** Shows a panel, or none; the focus goes back to where it was when the panel goes. */
export function showPanel(name) {
  const { name: before, opener } = panel.get()
  if (name === before) return
  panel.set({ name, opener: name && !before ? document.activeElement : opener })
  if (!name && opener?.isConnected) opener.focus()
}

export const togglePanel = name => showPanel(panel.get().name === name ? null : name)
