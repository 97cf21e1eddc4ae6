import '../elements/quota-form.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { route } from '../lib/router.js'

/** The quotas of each role, for administrators. */
class QuotasPage extends ViewElement {
  view() {
    return html`
      <header class="page-head"><div><h1>${t('quotas.title')}</h1><p class="lead">${t('quotas.lead')}</p>
        </div></header>
      ${peopleTabs()}
      <div class="cards">${['employee', 'moderator', 'admin'].map(role => html`<quota-form
        data-key="role-${role}" of-role="${role}"></quota-form>`)}</div>`
  }
}

customElements.define('quotas-page', QuotasPage)
route('/quotas', () => html`<quotas-page data-key="quotas"></quotas-page>`,
  { access: 'admin', title: 'quotas.title' })
