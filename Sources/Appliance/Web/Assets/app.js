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
import './pages/not-found.js'
import { go, route, startRouter } from './lib/router.js'
import { prefer } from './lib/i18n.js'
import { startLive } from './lib/live.js'

route('/', 'machines-page', { access: 'signedIn', title: 'machines.title' })
route('/sign-in', 'sign-in-page', { access: 'guest', title: 'signIn.title' })
route('/register', 'register-page', { access: 'guest', title: 'register.title' })
route('/verify-email', 'verify-email-page', { access: 'everyone', title: 'verify.title' })
route('/setup', 'set-up-page', { access: 'guest', title: 'setup.title' })
route('/machines', 'machines-page', { access: 'signedIn', title: 'machines.title' })
route('/machines/:id', 'machine-page', { access: 'signedIn', title: 'machines.title' })
route('/mailbox', 'mailbox-page', { access: 'signedIn', title: 'mailbox.title' })
route('/mailbox/:id', 'mailbox-page', { access: 'signedIn', title: 'mailbox.title' })
route('/host', 'host-page', { access: 'admin', title: 'host.title' })
route('/profile', 'profile-page', { access: 'signedIn', title: 'profile.title' })

prefer({})
if (location.pathname === '/') go('/machines', { replace: true })
startRouter()
startLive()
