import { get } from './api.js'
import { isAdmin, session, socket } from './session.js'
import { createStore } from './store.js'

const unknown = { state: 'ok', attention: 0, broken: 0 }

/** How many checks of the installation want to be looked at, and how many are broken; for administrators. */
export const health = createStore(unknown)

/** Takes over the numbers of an answer or a frame. */
export const noteHealth = ({ state, attention, broken }) => health.set({ state, attention, broken })

async function ask() {
  if (!isAdmin()) return
  try { noteHealth(await get('/api/admin/health')) } catch { /* the next change is told */ }
}

/** Keeps the numbers up to date while an administrator is signed in. */
export function startHealth() {
  socket.addEventListener('HEALTH', ({ detail }) => noteHealth(detail))
  socket.addEventListener('catch-up', ask)
  session.subscribe(() => { if (!isAdmin() && health.get().state !== 'ok') health.set(unknown) })
}
