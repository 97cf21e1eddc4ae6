import { createStore } from './store.js'
import { get, onRefused, post, put } from './api.js'
import { adoptDrafts, draftsOf, dropDraft, takeDrafts } from './drafts.js'
import { LiveSocket } from './socket.js'
import { prefer, preferences } from './i18n.js'
import { claim, claimIfFree, client, moveHere, release, startOneClient, tellTabs } from './one-client.js'
import { go } from './router.js'

/**
 * Who is signed in (`user`, null when nobody), what this appliance is, its host's condition, why the last
 * session ended (`{reason, identifier}`), and whether the account must set up its second step first.
 */
export const session = createStore({ ready: false, user: null, appliance: null, host: null, ended: null, mustSetUp: false })

/** The one live connection, open while somebody is signed in and this tab is the client. */
export const socket = new LiveSocket(`${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/ws`)

export const isAdmin = () => session.get().user?.role === 'admin'

/** Whether the person has a delegated permission, by themselves, their category or their role. */
export const can = right => isAdmin() || (session.get().user?.permissions ?? []).includes(right)

/** Whether somebody is signed in and this tab is the one that works. */
export const isInside = () => Boolean(session.get().user) && client.get().state === 'here'

/** The answer's user, wherever this route puts it. */
const userOf = answer => ({ ...answer?.user, ...answer })

async function takeSettings() {
  try {
    const { language, theme } = await get('/api/user/settings', { quiet: true })
    prefer({ ...(language && { language }), ...(theme && { theme }) })
  } catch { /* what this browser remembers stays */ }
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
  if (answer.totpSetupRequired) return session.set({ mustSetUp: true, ended: null })
  const user = userOf(answer)
  draftsOf(String(user.id))
  if (answer.hasSettings) await takeSettings()
  session.set({ user, ended: null })
  if (await claim()) begin()
  tellTabs('entered')
}

function begin() {
  socket.open()
  refreshHost()
}

/** Makes this tab the client in place of the other one, with what was being typed there. */
export async function continueHere() {
  const path = adoptDrafts((await moveHere())?.drafts)
  begin()
  if (path) go(path)
}

/** Takes in the account as it is now. */
export const takeUser = answer => session.set({ user: userOf(answer) })

function left(ended = null) {
  socket.close()
  release()
  session.set({ user: null, host: null, ended, mustSetUp: false })
}

export async function signOut() {
  try {
    await post('/api/auth/logout')
  } finally {
    dropDraft()
    left()
    tellTabs('left', 'SIGNED_OUT')
  }
}

/** The session has ended without its person: what they typed waits for them. */
function endedBy(reason) {
  const { user } = session.get()
  if (!user) return
  left({ reason, identifier: user.email || user.username })
  tellTabs('left', reason)
}

/** The hypervisor's, the forwarding's and the quota's condition; kept as it was when it cannot be had. */
export async function refreshHost() {
  try { session.set({ host: await get('/api/host') }) } catch { /* the next event asks again */ }
}

export async function refreshAppliance() {
  session.set({ appliance: await get('/api/appliance') })
}

/** Asks again who is signed in: after sign-in elsewhere, and when rights may have changed. */
async function refreshUser(reason = 'EXPIRED') {
  try {
    const answer = await get('/api/auth/me', { quiet: true })
    if (session.get().user) return takeUser(answer)
    await entered(answer)
  } catch (error) {
    if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? reason)
    else if (error.code === 'TOTP_SETUP_REQUIRED') session.set({ mustSetUp: true })
    else throw error
  }
}

/** Finds out who and where we are. Throws when the appliance does not answer. */
export async function startSession() {
  await refreshAppliance()
  await refreshUser()
  session.set({ ready: true })
}

/** The second step is set up: in. */
export async function setUpDone() {
  session.set({ mustSetUp: false })
  await refreshUser()
  if (!isInside()) return
  socket.pause()
  begin()
}

const quietly = reason => refreshUser(reason).catch(() => { /* the next sign asks again */ })

onRefused(error => {
  if (error.code === 'TOTP_SETUP_REQUIRED') return session.set({ mustSetUp: true })
  if (!session.get().user) return
  if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? 'EXPIRED')
  else if (error.code === 'FORBIDDEN') quietly()
})
socket.addEventListener('SESSION_ENDED', ({ detail }) => endedBy(detail.reason))
socket.addEventListener('ERROR', ({ detail }) => { if (detail.code === 'UNAUTHENTICATED') quietly() })
socket.addEventListener('lost', ({ detail }) => { if (detail.attempts % 3 === 0) quietly() })
socket.addEventListener('catch-up', refreshHost)

startOneClient({
  handing() {
    socket.pause()
    return { drafts: takeDrafts() }
  },
  looking(what, reason) { if (session.get().ready && (what === 'left') === Boolean(session.get().user)) quietly(reason) },
})

// A page that goes away frees its person at once; one that the browser brings back takes up again.
addEventListener('pagehide', () => { socket.pause(); release() })
addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted || !session.get().ready) return
  await quietly()
  if (session.get().user && await claim()) begin()
})
document.addEventListener('visibilitychange', async () => {
  if (document.visibilityState !== 'visible' || !session.get().user) return
  if (await claimIfFree()) begin()
  else if (isInside()) quietly()
})
