import { createStore } from './store.js'
import { get, onRefused, post, put } from './api.js'
import { draftsOf, dropDraft } from './drafts.js'
import { prefer, preferencesFor } from './i18n.js'
import { Line } from './tabs/line.js'
import { onPublished, publish } from './tabs/broadcast.js'

/**
 * `ready`: the first answers are there; `user` who is signed in, or null; `appliance` and `host` as the API
 * describes them; `ended` why the last session ended: {reason, identifier}; `mustSetUp`: the account must set
 * up its second step first; `foreign`: the message of the server that refuses the socket for its origin;
 * `signedOut`: the last session was ended by the user, on the page; `setupStep`: the step after set-up at which an
 * administrator goes on.
 */
export const session = createStore({
  ready: false, user: null, appliance: null, host: null, ended: null, mustSetUp: false, foreign: null, signedOut: false, setupStep: null,
})

/** The live connection that all tabs share, open while somebody is signed in. */
export const socket = new Line()

export const isAdmin = () => session.get().user?.role === 'admin'

/** Whether the user has a permission: granted, by category or by role. */
export const can = right => isAdmin() || (session.get().user?.permissions ?? []).includes(right)

/** Whether somebody is signed in. */
export const isInside = () => Boolean(session.get().user)

/** The user of an answer: some routes nest it, others do not. */
const userOf = answer => ({ ...answer?.user, ...answer })

/** Applies what the account has chosen; the rest of what another account chose in this browser is dropped. */
async function applySettings(account, hasSettings) {
  let own = {}
  try {
    if (hasSettings) own = await get('/api/user/settings', { quiet: true })
  } catch { return /* the settings of this browser stay */ }
  const { language, theme } = own
  session.set({ setupStep: own.setupStep ?? null })
  prefer({ ...preferencesFor(account), ...(language && { language }), ...(theme && { theme }) }, account)
}

/** Changes language or theme, in this browser and in the account. */
export async function choose(patch) {
  const { user } = session.get()
  prefer(patch, user ? String(user.id) : null)
  if (!user) return
  await put('/api/user/settings', patch)
  // The host's messages come in the language of the request.
  if (patch.language) refreshHost()
}

/** Begins the session of the user who has signed in, or (without `renew`) was already. */
export async function entered(answer, { renew = true } = {}) {
  if (answer.totpSetupRequired) return session.set({ mustSetUp: true, ended: null })
  const user = userOf(answer)
  draftsOf(String(user.id))
  await applySettings(String(user.id), answer.hasSettings)
  session.set({ user, ended: null, signedOut: false })
  begin({ renew })
  publish('entered')
}

function begin({ renew = false } = {}) {
  socket.open(session.get().user.id, { renew })
  refreshHost()
}

/** Applies the new state of the account. */
export const applyUser = answer => session.set({ user: userOf(answer) })

function left(ended = null, signedOut = ended?.reason === 'SIGNED_OUT') {
  socket.close()
  session.set({ user: null, host: null, ended, mustSetUp: false, signedOut })
}

export async function signOut() {
  try {
    await post('/api/auth/logout')
  } finally {
    dropDraft()
    left(null, true)
    publish('left', 'SIGNED_OUT')
  }
}

/** The session was ended by the server: drafts are kept for the next sign-in. */
function endedBy(reason) {
  const { user } = session.get()
  if (!user) return
  left({ reason, identifier: user.email || user.username })
  publish('left', reason)
}

/** Fetches the state of the hypervisor, of forwarding and of the quota; after a failure the old one stays. */
export async function refreshHost() {
  try { session.set({ host: await get('/api/host') }) } catch { /* the next event asks again */ }
}

export async function refreshAppliance() {
  session.set({ appliance: await get('/api/appliance') })
}

/** Fetches who is signed in: after a sign-in in another tab, and when permissions may have changed. */
async function refreshUser(reason = 'EXPIRED') {
  try {
    const answer = await get('/api/auth/me', { quiet: true })
    const { user } = session.get()
    if (user && String(user.id) === String(userOf(answer).id)) return applyUser(answer)
    if (user) left()
    await entered(answer, { renew: false })
  } catch (error) {
    if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? reason)
    else if (error.code === 'TOTP_SETUP_REQUIRED') session.set({ mustSetUp: true })
    else throw error
  }
}

/** Fetches the appliance and the user. Throws when the appliance does not answer. */
export async function startSession() {
  await Promise.all([refreshAppliance(), refreshUser()])
  session.set({ ready: true })
}

/** To be called when the second step has been set up: begins the session. */
export async function setUpDone() {
  session.set({ mustSetUp: false })
  await refreshUser()
  if (isInside()) begin({ renew: true })
}

const quietly = reason => refreshUser(reason).catch(() => { /* the next event asks again */ })

onRefused(error => {
  if (error.code === 'TOTP_SETUP_REQUIRED') return session.set({ mustSetUp: true })
  if (!session.get().user) return
  if (error.code === 'UNAUTHENTICATED') endedBy(error.details.reason ?? 'EXPIRED')
  else if (error.code === 'FORBIDDEN') quietly()
})
socket.addEventListener('SESSION_ENDED', ({ detail }) => endedBy(detail.reason))
socket.addEventListener('ERROR', ({ detail }) => {
  if (detail.code === 'UNAUTHENTICATED') quietly()
  // Behind a proxy the daemon does not know the page's address and refuses the socket; its message says what
  // to configure.
  if (detail.code === 'FOREIGN_ORIGIN') session.set({ foreign: detail.message })
})
socket.addEventListener('lost', ({ detail }) => { if (detail.attempts % 3 === 0 && socket.role.get().first) quietly() })
socket.addEventListener('catch-up', refreshHost)
socket.addEventListener('SETTINGS_CHANGED', () => refreshAppliance().catch(() => { /* the next start asks again */ }))
socket.addEventListener('other-person', () => quietly())
onPublished((type, reason) => { if (session.get().ready && (type === 'left') === isInside()) quietly(reason) })

// Leaving the page ends the user's presence at once unless another tab is open; a page restored by the
// browser reconnects.
addEventListener('pagehide', ({ persisted }) => {
  const isLast = socket.kind === 'worker' && socket.role.get().tabs.length < 2
  socket.pause()
  // The browser may freeze the worker together with the page, before the worker has received the message.
  if (isLast && session.get().user) navigator.sendBeacon('/api/presence/leave')
  // Chromium freezes a page that it keeps before messages just posted have arrived: 20 ms of waiting let them
  // out.
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
