import { createStore } from './store.js'

/** The last announcement for screen readers, and a number that grows with each. */
export const announcements = createStore({ text: '', number: 0 })

/** Announces a sentence politely (without interrupting) to screen readers. */
export const announce = text => announcements.set(({ number }) => ({ text, number: number + 1 }))
