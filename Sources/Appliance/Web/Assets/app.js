import './elements/app-shell.js'
import './pages/sign-in.js'
import './pages/register.js'
import './pages/verify-email.js'
import './pages/set-up.js'
import './pages/machines.js'
import './pages/machine.js'
import './pages/mailbox.js'
import './pages/host.js'
import './pages/profile.js'
import './pages/security.js'
import './pages/forgotten-password.js'
import './pages/reset-password.js'
import './pages/people.js'
import './pages/quotas.js'
import './pages/person.js'
import './pages/categories.js'
import './pages/audit.js'
import './pages/client-errors.js'
import './pages/notifications.js'
import './pages/chat.js'
import './pages/table.js'
import './pages/not-found.js'
import { startChat } from './lib/chat/store.js'
import { startDrafts } from './lib/drafts.js'
import { go, route, startRouter } from './lib/router.js'
import { prefer } from './lib/i18n.js'
import { startLive } from './lib/live.js'
import { startNotifications } from './lib/notifications.js'
import { startPresence } from './lib/presence.js'

route('/', 'machines-page', { access: 'signedIn', title: 'machines.title' })
route('/sign-in', 'sign-in-page', { access: 'guest', title: 'signIn.title' })
route('/register', 'register-page', { access: 'guest', title: 'register.title' })
route('/verify-email', 'verify-email-page', { access: 'everyone', title: 'verify.title' })
route('/forgotten-password', 'forgotten-password-page', { access: 'guest', title: 'forgotten.title' })
route('/reset-password', 'reset-password-page', { access: 'everyone', title: 'reset.title' })
route('/setup', 'set-up-page', { access: 'guest', title: 'setup.title' })
route('/machines', 'machines-page', { access: 'signedIn', title: 'machines.title' })
route('/machines/:id', 'machine-page', { access: 'signedIn', title: 'machines.title' })
route('/mailbox', 'mailbox-page', { access: 'signedIn', title: 'mailbox.title' })
route('/mailbox/:id', 'mailbox-page', { access: 'signedIn', title: 'mailbox.title' })
route('/chat', 'chat-page', { access: 'signedIn', title: 'chat.title' })
route('/chat/:id', 'chat-page', { access: 'signedIn', title: 'chat.title' })
route('/host', 'host-page', { access: 'admin', title: 'host.title' })
route('/notifications', 'notifications-page', { access: 'signedIn', title: 'notify.title' })
route('/notifications/preferences', 'notifications-page', { access: 'signedIn', title: 'notify.title' })
route('/profile', 'profile-page', { access: 'signedIn', title: 'profile.title' })
route('/security', 'security-page', { access: 'signedIn', title: 'security.title' })
route('/people', 'people-page', { access: 'manage_users', title: 'people.title' })
route('/people/:id', 'person-page', { access: 'manage_users', title: 'people.title' })
route('/categories', 'categories-page', { access: 'manage_employee_categories', title: 'categories.title' })
route('/client-errors', 'client-errors-page', { access: 'admin', title: 'clientErrors.title' })
route('/tables/:name', 'table-page', { access: 'signedIn', title: 'tables.title' })
route('/quotas', 'quotas-page', { access: 'admin', title: 'quotas.title' })
route('/audit', 'audit-page', { access: 'admin', title: 'audit.title' })

prefer({})
if (location.pathname === '/') go('/machines', { replace: true })
startDrafts()
startRouter()
startLive()
startPresence()
startNotifications()
startChat()
