import { createStore } from './store.js'

/** The toasts on the page, newest last; each is `{id, text, kind, undo}`. */
export const toasts = createStore({ list: [] })

const shownFor = 7000
let counter = 0

/** Shows a message for 7 seconds; kind is "info", "success" or "error"; `undo()` takes back what it tells. */
export function toast(text, kind = 'info', { undo = null } = {}) {
  const id = counter += 1
  toasts.set(({ list }) => ({ list: [...list.slice(-3), { id, text, kind, undo }] }))
  setTimeout(() => dismissToast(id), shownFor)
}

export const dismissToast = id => toasts.set(({ list }) => ({ list: list.filter(toast => toast.id !== id) }))
