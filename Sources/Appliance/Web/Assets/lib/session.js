import { createStore } from './store.js'
import { get, onUnauthenticated, post, put } from './api.js'
import { LiveSocket } from './socket.js'
import { prefer, preferences } from './i18n.js'

/** Who is signed in (`user`, null when nobody), what this appliance is, and its host's condition. */
export const session = createStore({ ready: false, user: null, appliance: null, host: null, ended: null })

/** The one live connection, open while somebody is signed in. */
export const socket = new LiveSocket(`${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`)

export const isAdmin = () => session.get().user?.role === 'admin'

/** The answer's user, wherever this route puts it. */
const userOf = answer => ({ ...answer?.user, ...answer })

async function takeSettings() {
  try {
    const { language, theme } = await get('/api/user/settings', { quiet: true })
    prefer({ ...(language && { language }), ...(theme && { theme }) })
  } catch { /* none saved yet */ }
}

/** Keeps language or theme, here and with the account. */
export async function choose(patch) {
  prefer(patch)
  if (!session.get().user) return
  const { language, theme } = preferences.get()
  await put('/api/user/settings', { language, theme })
}

/** Takes in the person who has just signed in (or was found signed in). */
export async function entered(answer) {
  await takeSettings()
  session.set({ user: userOf(answer), ended: null })
  socket.open()
  refreshHost()
}

function left(reason = null) {
  socket.close()
  session.set({ user: null, host: null, ended: reason })
}

export async function signOut() {
  try { await post('/api/auth/logout') } finally { left() }
}

/** The hypervisor's, the forwarding's and the quota's condition; kept as it was when it cannot be had. */
export async function refreshHost() {
  try { session.set({ host: await get('/api/host') }) } catch { /* the next event asks again */ }
}

export async function refreshAppliance() {
  session.set({ appliance: await get('/api/appliance') })
}

/** Finds out who and where we are. Throws when the appliance does not answer. */
export async function startSession() {
  await refreshAppliance()
  try {
    await entered(await get('/api/auth/me', { quiet: true }))
  } catch (error) {
    if (error.status !== 401) throw error
  }
  session.set({ ready: true })
}

/** A handshake refused again and again may mean that the session has ended: ask. */
async function doubt({ detail }) {
  if (detail.attempts % 3 === 0) {
    try { await get('/api/auth/me') } catch { /* a 401 tells `onUnauthenticated` by itself */ }
  }
}

onUnauthenticated(error => { if (session.get().user) left({ message: error.message }) })
socket.addEventListener('SESSION_ENDED', ({ detail }) => left({ message: detail.reason }))
socket.addEventListener('lost', doubt)
socket.addEventListener('catch-up', refreshHost)
