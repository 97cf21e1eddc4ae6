import './elements/app-shell.js'
import './pages/sign-in.js'
import './pages/register.js'
import './pages/verify-email.js'
import './pages/set-up.js'
import './pages/home.js'
import './pages/directory.js'
import './pages/settings.js'
import './pages/media.js'
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
import './pages/calendar.js'
import './pages/links.js'
import './pages/table.js'
import './pages/not-found.js'
import { startChat } from './lib/chat/store.js'
import { startDrafts } from './lib/drafts.js'
import { startRouter } from './lib/router.js'
import { prefer } from './lib/i18n.js'
import { startLive } from './lib/live.js'
import { startNotifications } from './lib/notifications.js'
import { startPresence } from './lib/presence.js'

prefer({})
startDrafts()
startRouter()
startLive()
startPresence()
startNotifications()
startChat()
