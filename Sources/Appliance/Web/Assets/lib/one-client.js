import { createStore } from './store.js'

const name = 'obox.client'
/** A page that is being reloaded lets go a moment after its successor asks. */
const reloadTakes = 800
const answerTakes = 250
const handoverTakes = 1500

/**
 * Whether this tab is the workstation's one client: "free" (nobody signed in here), "asking", "here",
 * "elsewhere" (another tab is) or "moved" (it was here, and went to another tab).
 */
export const client = createStore({ state: 'free' })

const self = `${Date.now()}-${Math.random().toString(36).slice(2)}`
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null
const say = (type, more = {}) => channel?.postMessage({ type, from: self, ...more })
let letGo = null
let hand = () => ({})
let look = () => {}

/** `handing` gives what another tab takes along and ends what runs here; `looking` hears of sign-in and sign-out. */
export function startOneClient({ handing, looking }) {
  hand = handing
  look = looking
  channel?.addEventListener('message', ({ data }) => heard(data))
}

/** Tells the other tabs "entered", or "left" and why. */
export const tellTabs = (type, reason) => say(type, { reason })

function heard({ type, from, reason }) {
  const { state } = client.get()
  if (type === 'who' && (state === 'here' || (state === 'asking' && self < from))) say('mine', { to: from })
  if (type === 'move' && state === 'here') {
    const things = hand()
    lose()
    say('handed', { to: from, things })
  }
  if (type === 'entered' || type === 'left') look(type, reason)
}

function lose() {
  client.set({ state: 'moved' })
  freeLock()
}

function freeLock() {
  letGo?.()
  letGo = null
}

/** Becomes the client if no other tab is it. Tells whether it is. */
export async function claim() {
  if (client.get().state === 'here') return true
  client.set({ state: 'asking' })
  const has = navigator.locks ? await lockInTime() : !await answered('who', 'mine', answerTakes)
  if (client.get().state === 'asking') client.set({ state: has ? 'here' : 'elsewhere' })
  else if (has) freeLock()
  return client.get().state === 'here'
}

/** Takes over from the other tab; resolves to what it handed along, null when it did not answer. */
export async function moveHere() {
  client.set({ state: 'asking' })
  const handed = await answered('move', 'handed', handoverTakes)
  const has = !navigator.locks || await lock({ steal: true })
  client.set({ state: has ? 'here' : 'elsewhere' })
  return handed?.things ?? null
}

/** Takes what nobody holds any more: when a waiting tab is looked at again. */
export async function claimIfFree() {
  if (client.get().state !== 'elsewhere' && client.get().state !== 'moved') return false
  const free = navigator.locks ? await lock({ ifAvailable: true }) : !await answered('who', 'mine', answerTakes)
  if (free) client.set({ state: 'here' })
  return free
}

/** Is no client any more: signed out, or the page goes away. */
export function release() {
  client.set({ state: 'free' })
  freeLock()
}

/** Without Web Locks (plain HTTP from another host), the tabs ask one another. */
function answered(question, answer, deadline) {
  if (!channel) return Promise.resolve(null)
  return new Promise(resolve => {
    const listener = ({ data }) => { if (data.type === answer && data.to === self) end(data) }
    const timer = setTimeout(() => end(null), deadline)
    const end = found => {
      clearTimeout(timer)
      channel.removeEventListener('message', listener)
      resolve(found)
    }
    channel.addEventListener('message', listener)
    say(question)
  })
}

/** A lock that is not had in time is another tab's only when it is held: the browser itself may be slow. */
async function lockInTime() {
  do {
    if (await lock({ signal: AbortSignal.timeout(reloadTakes) })) return true
  } while (client.get().state === 'asking' && !await isHeld())
  return false
}

const isHeld = async () => (await navigator.locks.query()).held.some(one => one.name === name)

function lock(options) {
  return new Promise(resolve => {
    let mine = null
    navigator.locks.request(name, options, granted => {
      if (!granted) return resolve(false)
      return new Promise(end => { letGo = mine = end; resolve(true) })
    }).catch(() => {
      if (!mine) return resolve(false)
      if (letGo === mine) { hand(); lose() }
    })
  })
}
