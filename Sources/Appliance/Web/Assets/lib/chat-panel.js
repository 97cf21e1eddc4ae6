import { createStore } from './store.js'

/**
 * The panel beside the thread: "people", "pins", "search", or null; `opener` is the element that opened it.
 */
export const panel = createStore({ name: null, opener: null })

/** Shows a panel, or with null none; then the focus returns to the element that opened it. */
export function showPanel(name) {
  const { name: before, opener } = panel.get()
  if (name === before) return
  panel.set({ name, opener: name && !before ? document.activeElement : opener })
  if (!name && opener?.isConnected) opener.focus()
}

export const togglePanel = name => showPanel(panel.get().name === name ? null : name)
