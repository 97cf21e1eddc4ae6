import { createStore } from './store.js'
import { announce } from './announcer.js'
import { get, patch, post, remove } from './api.js'
import { language, preferences, t } from './i18n.js'
import { go, place } from './router.js'
import { isInside, session, socket } from './session.js'
import { startSigns } from './notification-signs.js'

const kept = 30
const restsFor = 150
const looksFor = 1000

/** What the person was told, the newest first, and how much of it is unread; `error` is why it could not be fetched. */
export const notifications = createStore({ loaded: false, error: null, unread: 0, items: [] })

const icons = {
  mention: 'mention', reply: 'reply', direct_message: 'chat', channel_invitation: 'people',
  machine_ready: 'machines', machine_failed: 'warning', approval_wanted: 'user',
}

export const iconOf = ({ kind }) => icons[kind] ?? 'bell'

/** How many changes were heard of: an answer that was asked for before the last of them is old. */
let heard = 0
let timer = null

function fetchSoon(after = restsFor) {
  clearTimeout(timer)
  timer = setTimeout(fetchNotifications, after)
}

/** Fetches the newest anew. What is heard meanwhile is newer than the answer: it is asked for again. */
export async function fetchNotifications() {
  const before = heard
  let unread = 0
  try {
    const items = await get(`/api/notifications?limit=${kept}`, {
      heard: headers => { unread = Number(headers.get('X-Unread-Count')) || 0 },
    })
    if (!isInside()) return
    if (before !== heard) return fetchSoon()
    notifications.set({ loaded: true, error: null, unread, items })
    readHere()
  } catch (error) {
    if (error.status !== 401) notifications.set({ error })
  }
}

/** The list with a new one, which takes the place of the unread one that it was put together with. */
export const withNew = (items, item) => [
  item,
  ...items.filter(other => other.id !== item.id && (other.read || other.kind !== item.kind || other.subject !== item.subject)),
].slice(0, kept)

function takeNew(item) {
  heard += 1
  // Who is looking at it reads it right now: the bell need not ring for that.
  if (isLookedAt(item)) return fetchSoon(looksFor)
  if (item.language !== language()) fetchSoon()
  notifications.set(({ items }) => ({ items: withNew(items, item), unread: item.unread }))
  announce(t('notify.announce', { title: item.title }))
  if (item.browser && tellsOutside()) show(item)
}

function takeUnread({ unread, changed }) {
  heard += 1
  if (unread === notifications.get().unread && !changed) return
  notifications.set({ unread })
  fetchSoon()
}

/** What was said is not what it was: how it begins is in the list. */
function takeChanged(message) {
  if (notifications.get().items.some(({ link }) => link.endsWith(`?message=${message}`))) fetchSoon()
}

/** One tab does so for all, and none while one of them is looked at. */
function tellsOutside() {
  const { first, looked } = socket.role.get()
  return first && !looked && document.visibilityState === 'hidden'
}

/** Shows it outside the page; a later one of the same subject takes its place. */
function show(item) {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  try {
    const shown = new Notification(item.title, { body: item.message, tag: `obox-${item.subject}`, icon: '/logo.svg' })
    shown.onclick = () => {
      window.focus()
      shown.close()
      openNotification(item)
    }
  } catch { /* some browsers show them from a service worker only */ }
}

/** Goes where it leads. */
export function openNotification(item) {
  markRead(item).catch(() => { /* it stays unread */ })
  if (item.link) go(item.link)
}

const change = (id, patch) => notifications.set(({ items }) => ({
  items: items.map(item => item.id === id ? { ...item, ...patch } : item),
}))

/** Marks one as read, here at once; the server's refusal brings the truth back. */
export async function markRead({ id, read }) {
  if (read) return
  change(id, { read: true })
  notifications.set(({ unread }) => ({ unread: Math.max(0, unread - 1) }))
  await settle(patch(`/api/notifications/${encodeURIComponent(id)}/read`, {}))
}

export async function markAllRead() {
  notifications.set(({ items }) => ({ unread: 0, items: items.map(item => ({ ...item, read: true })) }))
  await settle(post('/api/notifications/read-all'))
}

export async function throwAway({ id }) {
  notifications.set(({ items }) => ({ items: items.filter(item => item.id !== id) }))
  await settle(remove(`/api/notifications/${encodeURIComponent(id)}`))
}

/** The count comes by the socket, in order. One that another took the place of is no news: all is fetched anew. */
async function settle(answer) {
  try {
    await answer
  } catch (error) {
    fetchSoon()
    if (error.status !== 404) throw error
  }
}

const isLookedAt = ({ link }) =>
  document.visibilityState === 'visible' && link.split('?')[0] === place.get().path

/** Whoever looks at what it is about has read it; of a channel, the chat itself knows how far. */
function readHere() {
  for (const item of notifications.get().items)
    if (!item.read && isLookedAt(item) && !item.subject.startsWith('channel:'))
      markRead(item).catch(() => { /* it stays unread */ })
}

let follows = false

function follow() {
  if (isInside() === follows) return
  follows = isInside()
  if (follows) return fetchNotifications()
  clearTimeout(timer)
  notifications.set({ loaded: false, error: null, unread: 0, items: [] })
}

/** Keeps in step with the server for as long as somebody is signed in here. */
export function startNotifications() {
  session.subscribe(follow)
  follow()
  place.subscribe(readHere)
  document.addEventListener('visibilitychange', readHere)
  let shown = language()
  preferences.subscribe(() => {
    if (shown === language()) return
    shown = language()
    if (follows) fetchSoon()
  })
  socket.addEventListener('catch-up', () => { if (follows) fetchNotifications() })
  socket.addEventListener('NOTIFICATION', ({ detail }) => takeNew(detail))
  socket.addEventListener('NOTIFICATIONS', ({ detail }) => takeUnread(detail))
  for (const type of ['CHAT_EDITED', 'CHAT_DELETED'])
    socket.addEventListener(type, ({ detail }) => takeChanged(String(detail.id)))
  startSigns(notifications)
}
