import '../elements/preference-switch.js'
import '../elements/profile-form.js'
import '../elements/quota-card.js'
import '../elements/time-ago.js'
import { accountTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { route } from '../lib/router.js'
import { session, signOut } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The user's profile, quota and preferences. */
class ProfilePage extends ViewElement {
  connected() { this.watch(session) }

  view() {
    const { user, host } = session.get()
    if (!user) return html``
    return html`
      <header class="page-head"><div><h1>${t('profile.title')}</h1><p class="lead">${user.email}</p>
        </div>${accountTabs()}</header>
      <div class="cards">
        <profile-form data-key="form"></profile-form>
        <div class="column" data-key="beside">
          <section class="card" aria-labelledby="account-title">
            <h2 id="account-title">${t('profile.account')}</h2>
            <dl class="facts">
              <div><dt>${t('profile.username')}</dt><dd><code>${user.username || '–'}</code></dd></div>
              <div><dt>${t('profile.role')}</dt><dd>${t(`role.${user.role}`)}</dd></div>
              ${host?.user && html`<div><dt>${t('profile.sshUser')}</dt><dd><code>${host.user}</code></dd>
              </div>`}
              ${user.createdAt && html`<div><dt>${t('profile.since')}</dt><dd>
                <time-ago moment="${user.createdAt}"></time-ago></dd></div>`}
            </dl>
            <button class="button" data-click="leave">${icon('out')}${t('nav.signOut')}</button>
          </section>
          <quota-card data-key="quota"></quota-card>
          <section class="card" aria-labelledby="appearance-title">
            <h2 id="appearance-title">${t('profile.appearance')}</h2>
            <p class="quiet">${t('profile.appearanceText')}</p>
            <preference-switch data-key="language" of="language"></preference-switch>
            <preference-switch data-key="theme" of="theme"></preference-switch>
          </section>
        </div>
      </div>`
  }

  async leave() {
    try { await signOut() } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('profile-page', ProfilePage)
route('/profile', () => html`<profile-page data-key="profile"></profile-page>`,
  { access: 'signedIn', title: 'profile.title' })
