import { createStore } from './store.js'

/** What a screen reader is told politely: the last sentences, and a number that grows with each. */
export const announcements = createStore({ text: '', number: 0 })

/** Has a sentence read out when the screen reader is free. */
export const announce = text => announcements.set(({ number }) => ({ text, number: number + 1 }))
