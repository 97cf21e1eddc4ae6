import { createStore } from './store.js'
import { get, onRefused, post, put } from './api.js'
import { draftsOf, dropDraft } from './drafts.js'
import { prefer, preferences } from './i18n.js'
import { Line } from './tabs/line.js'
import { hearTabs, tellTabs } from './tabs/broadcast.js'

/**
 * Who is signed in (`user`, null when nobody), what this appliance is, its host's condition, why the last
 * session ended (`{reason, identifier}`), and whether the account must set up its second step first.
 */
export const session = createStore({ ready: false, user: null, appliance: null, host: null, ended: null, mustSetUp: false, foreign: null })

/** The one live connection of all tabs, open while somebody is signed in. */
export const socket = new Line()

export const isAdmin = () => session.get().user?.role === 'admin'

/** Whether the person has a delegated permission, by themselves, their category or their role. */
export const can = right => isAdmin() || (session.get().user?.permissions ?? []).includes(right)

/** Whether somebody is signed in. */
export const isInside = () => Boolean(session.get().user)

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
  // The server's sentences come in the language of the question.
  if (patch.language) refreshHost()
}

/** Takes in the person who has just signed in, or (without `renew`) was found signed in. */
export async function entered(answer, { renew = true } = {}) {
  if (answer.totpSetupRequired) return session.set({ mustSetUp: true, ended: null })
  const user = userOf(answer)
  draftsOf(String(user.id))
  if (answer.hasSettings) await takeSettings()
  session.set({ user, ended: null })
  begin({ renew })
  tellTabs('entered')
}

function begin({ renew = false } = {}) {
  socket.open(session.get().user.id, { renew })
  refreshHost()
}

/** Takes in the account as it is now. */
export const takeUser = answer => session.set({ user: userOf(answer) })

function left(ended = null) {
  socket.close()
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
    const { user } = session.get()
    if (user && String(user.id) === String(userOf(answer).id)) return takeUser(answer)
    if (user) left()
    await entered(answer, { renew: false })
  } catch (error) {
    if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? reason)
    else if (error.code === 'TOTP_SETUP_REQUIRED') session.set({ mustSetUp: true })
    else throw error
  }
}

/** Finds out who and where we are. Throws when the appliance does not answer. */
export async function startSession() {
  await Promise.all([refreshAppliance(), refreshUser()])
  session.set({ ready: true })
}

/** The second step is set up: in. */
export async function setUpDone() {
  session.set({ mustSetUp: false })
  await refreshUser()
  if (isInside()) begin({ renew: true })
}

const quietly = reason => refreshUser(reason).catch(() => { /* the next sign asks again */ })

onRefused(error => {
  if (error.code === 'TOTP_SETUP_REQUIRED') return session.set({ mustSetUp: true })
  if (!session.get().user) return
  if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? 'EXPIRED')
  else if (error.code === 'FORBIDDEN') quietly()
})
socket.addEventListener('SESSION_ENDED', ({ detail }) => endedBy(detail.reason))
socket.addEventListener('ERROR', ({ detail }) => {
  if (detail.code === 'UNAUTHENTICATED') quietly()
  // A proxy hides the page's address from the daemon: the socket signs nobody in, and the sentence says what to set.
  if (detail.code === 'FOREIGN_ORIGIN') session.set({ foreign: detail.message })
})
socket.addEventListener('lost', ({ detail }) => { if (detail.attempts % 3 === 0 && socket.role.get().first) quietly() })
socket.addEventListener('catch-up', refreshHost)
socket.addEventListener('other-person', () => quietly())
hearTabs((type, reason) => { if (session.get().ready && (type === 'left') === isInside()) quietly(reason) })

// A page that goes away frees its person at once, unless another tab has them; one that the browser brings back takes up again.
addEventListener('pagehide', ({ persisted }) => {
  const isLast = socket.kind === 'worker' && socket.role.get().tabs.length < 2
  socket.pause()
  // The browser may freeze this page and its worker before the worker hears of it.
  if (isLast && session.get().user) navigator.sendBeacon('/api/presence/leave')
  // Chromium freezes what it keeps (a page and its worker without locks) before words just said have arrived: a moment lets them.
  for (const end = performance.now() + (persisted ? 20 : 0); performance.now() < end;);
})
addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted || !session.get().ready) return
  await quietly()
  if (isInside()) begin()
})
addEventListener('online', () => socket.hurry())
document.addEventListener('visibilitychange', () => {
  const seen = document.visibilityState === 'visible'
  socket.seen(seen)
  if (seen && isInside()) quietly()
})
