import { match } from './router.js'
import { can, isAdmin, session } from './session.js'

/** Whether a module of the intranet is enabled, by its name in `/api/appliance`. */
export const isOn = module => session.get().appliance?.modules?.[module] !== false

/** Whether a path belongs to a module that is switched off. */
export const isSwitchedOff = path => links.some(link => link.module && leadsTo(link, path) && !isOn(link.module))

/** Whether the user may see the page of a route. */
export function mayEnter({ access }) {
  if (access === 'admin') return isAdmin()
  return ['guest', 'everyone', 'signedIn'].includes(access) || can(access)
}

/** Further paths for which the link of the accounts is the current one. */
const accounts = ['/people', '/categories', '/quotas', '/audit', '/client-errors']

/** Whether the user, no administrator, finds their mail of the local mailbox on a page; with messages on, it is a folder there. */
const hasOnlyOwnMail = () => !isAdmin() && session.get().appliance?.mail === 'mailbox'

/** All links: group, path, icon, key of the label, and conditions. `first`: in the bar of a phone. */
const links = [
  { group: 'mine', path: '/', icon: 'home', words: 'nav.home', first: true },
  { group: 'mine', path: '/machines', icon: 'machines', words: 'nav.machines', first: true },
  { group: 'mine', path: '/chat', icon: 'chat', words: 'nav.chat', first: true },
  { group: 'intranet', path: '/announcements', icon: 'announce', words: 'nav.announcements', module: 'announcements' },
  { group: 'intranet', path: '/documents', icon: 'file', words: 'nav.documents', module: 'documents' },
  { group: 'intranet', path: '/calendar', icon: 'calendar', words: 'nav.calendar', module: 'events' },
  { group: 'intranet', path: '/messages', icon: 'inbox', words: 'nav.messages', module: 'messages', first: true },
  { group: 'intranet', path: '/mailbox', icon: 'mail', words: 'nav.mailbox', when: () => !isOn('messages') && hasOnlyOwnMail() },
  { group: 'intranet', path: '/requests', icon: 'request', words: 'nav.requests', module: 'complaints' },
  { group: 'intranet', path: '/directory', icon: 'people', words: 'nav.directory' },
  { group: 'intranet', path: '/media', icon: 'media', words: 'nav.media', module: 'content' },
  { group: 'intranet', path: '/learn', icon: 'learn', words: 'nav.learn', module: 'training', others: ['/courses', '/lessons', '/quizzes'] },
  { group: 'intranet', path: '/forum', icon: 'forum', words: 'nav.forum', module: 'forum' },
  { group: 'admin', path: '/people', icon: 'user', words: 'nav.people', others: accounts },
  { group: 'admin', path: '/categories', icon: 'tag', words: 'nav.categories', unless: 'manage_users' },
  { group: 'admin', path: '/host', icon: 'host', words: 'nav.host' },
  { group: 'admin', path: '/backups', icon: 'archive', words: 'backups.title' },
  { group: 'admin', path: '/mailbox', icon: 'mail', words: 'nav.mailbox', when: isAdmin },
  { group: 'admin', path: '/settings', icon: 'settings', words: 'nav.settings' },
]

/** Pages without a link in the navigation, which the quick switcher finds by name. */
const others = [
  { path: '/courses', icon: 'learn', words: 'nav.courses', module: 'training' },
  { path: '/learn/trainings', icon: 'learn', words: 'nav.trainings', module: 'training' },
  { path: '/learn/teach', icon: 'learn', words: 'teach.title', module: 'training' },
  { path: '/learn/analytics', icon: 'learn', words: 'figures.title', module: 'training' },
  { path: '/links', icon: 'link', words: 'links.title' },
  { path: '/notifications', icon: 'bell', words: 'notify.title' },
  { path: '/profile', icon: 'user', words: 'nav.profile' },
  { path: '/security', icon: 'key', words: 'security.title' },
  { path: '/categories', icon: 'tag', words: 'nav.categories', when: () => can('manage_users') },
  { path: '/quotas', icon: 'host', words: 'quotas.title' },
  { path: '/welcome', icon: 'settings', words: 'welcome.title' },
  { path: '/audit', icon: 'file', words: 'audit.title' },
]

const allowed = all => all.filter(({ path, module, unless, when }) => {
  const found = match(path)
  return found && mayEnter(found.route) && (!module || isOn(module)) && !(unless && can(unless)) && (!when || when())
})

/** All pages that the user can open. */
export const pages = () => allowed([...links, ...others])

/** The links that the user can follow, in groups: `[{name, links}]`. */
export function navigation() {
  const shown = allowed(links)
  return ['mine', 'intranet', 'admin']
    .map(name => ({ name, links: shown.filter(({ group }) => group === name) }))
    .filter(group => group.links.length)
}

/** Whether a link leads to a path, or to a page above it. */
export const leadsTo = ({ path, others = [] }, here) =>
  here === path || [path, ...others].some(one => one === here || one !== '/' && here.startsWith(`${one}/`))
