import '../elements/password-card.js'
import '../elements/sessions-card.js'
import '../elements/tokens-card.js'
import '../elements/two-step-card.js'
import { accountTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { route } from '../lib/router.js'
import { signOut } from '../lib/session.js'
import { gate } from './gate.js'

/** The security of the account: sessions, password, second step, tokens. */
class SecurityPage extends ViewElement {
  view() {
    return html`
      <header class="page-head"><div><h1>${t('security.title')}</h1><p class="lead">${t('security.lead')}</p>
        </div>${accountTabs()}</header>
      <div class="cards">
        <div class="column" data-key="left">
          <sessions-card data-key="sessions"></sessions-card><tokens-card data-key="tokens"></tokens-card>
          </div>
        <div class="column" data-key="right">
          <two-step-card data-key="two-step"></two-step-card><password-card
            data-key="password"></password-card></div>
      </div>`
  }
}

customElements.define('security-page', SecurityPage)
route('/security', () => html`<security-page data-key="security"></security-page>`,
  { access: 'signedIn', title: 'security.title' })

/** The only page for an administrator who must set up the second step first. */
class MustSetUpPage extends ViewElement {
  view() {
    return gate({
      title: t('totp.mustTitle'),
      lead: t('totp.mustLead'),
      body: html`<two-step-card data-key="two-step" required></two-step-card>`,
      foot: html`<button class="link" data-click="leave">${t('nav.signOut')}</button>`,
    })
  }

  leave() { signOut().catch(() => {}) }
}

customElements.define('must-set-up-page', MustSetUpPage)
