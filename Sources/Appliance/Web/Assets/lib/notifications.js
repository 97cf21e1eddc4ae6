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

/** The newest notifications and how many are unread; `error` says why they could not be fetched. */
export const notifications = createStore({ loaded: false, error: null, unread: 0, items: [] })

const icons = {
  mention: 'mention', reply: 'reply', direct_message: 'chat', channel_invitation: 'people',
  machine_ready: 'machines', machine_failed: 'warning', approval_wanted: 'user',
  announcement: 'announce', important_announcement: 'announce', confirmation_wanted: 'check', comment: 'chat',
  document_approval: 'file', document_review: 'clock',
}

export const iconOf = ({ kind }) => icons[kind] ?? 'bell'

/** How many changes were received: an answer requested before the last one is outdated. */
let received = 0
let timer = null

function fetchSoon(after = restsFor) {
  clearTimeout(timer)
  timer = setTimeout(fetchNotifications, after)
}

/** Fetches the newest; if a change is received meanwhile, fetches again. */
export async function fetchNotifications() {
  const before = received
  let unread = 0
  try {
    const items = await get(`/api/notifications?limit=${kept}`, {
      onHeaders: headers => { unread = Number(headers.get('X-Unread-Count')) || 0 },
    })
    if (!isInside()) return
    if (before !== received) return fetchSoon()
    notifications.set({ loaded: true, error: null, unread, items })
    readHere()
  } catch (error) {
    if (error.status !== 401) notifications.set({ error })
  }
}

/** The list with a new notification, which replaces an unread one of the same kind and subject. */
export const withNew = (items, item) => [
  item,
  ...items.filter(other => other.id !== item.id && (other.read || other.kind !== item.kind || other.subject !== item.subject)),
].slice(0, kept)

function applyNew(item) {
  received += 1
  // The user is looking at its subject: no announcement, only a fetch once it is read.
  if (isLookedAt(item)) return fetchSoon(looksFor)
  if (item.language !== language()) fetchSoon()
  notifications.set(({ items }) => ({ items: withNew(items, item), unread: item.unread }))
  announce(t('notify.announce', { title: item.title }))
  if (item.browser && showsOutside()) show(item)
}

function applyUnread({ unread, changed }) {
  received += 1
  if (unread === notifications.get().unread && !changed) return
  notifications.set({ unread })
  fetchSoon()
}

/** A message was edited or deleted: fetches if the list shows its beginning. */
function applyChanged(message) {
  if (notifications.get().items.some(({ link }) => link.endsWith(`?message=${message}`))) fetchSoon()
}

/** Whether this tab shows browser notifications: one tab does, and none while a tab is visible. */
function showsOutside() {
  const { first, looked } = socket.role.get()
  return first && !looked && document.visibilityState === 'hidden'
}

/** Shows a browser notification; a later one of the same subject replaces it. */
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

/** Marks it as read and goes to its link. */
export function openNotification(item) {
  markRead(item).catch(() => { /* it stays unread */ })
  if (item.link) go(item.link)
}

const change = (id, patch) => notifications.set(({ items }) => ({
  items: items.map(item => item.id === id ? { ...item, ...patch } : item),
}))

/** Marks one as read, here at once; after a failure the list is fetched again. */
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

/**
 * Waits for an answer; the count comes over the socket. After a failure the list is fetched; 404 (it was
 * replaced) is no error.
 */
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

/** Marks as read what is about the open page; for channels the chat does that. */
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

/** Keeps the notifications up to date while somebody is signed in. */
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
  socket.addEventListener('NOTIFICATION', ({ detail }) => applyNew(detail))
  socket.addEventListener('NOTIFICATIONS', ({ detail }) => applyUnread(detail))
  for (const type of ['CHAT_EDITED', 'CHAT_DELETED'])
    socket.addEventListener(type, ({ detail }) => applyChanged(String(detail.id)))
  startSigns(notifications)
}
