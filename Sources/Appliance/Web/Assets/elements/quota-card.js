import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { amount, resources } from '../lib/quota.js'
import { briefly, loadable, skeletons } from './loadable.js'

/** The user's quota and how much of it is used. */
class QuotaCard extends ViewElement {
  #quota = new Loader(this, signal => get('/api/quota', { signal }))

  connected() { this.#quota.load() }

  view() {
    return html`
      <section class="card" aria-labelledby="quota-title">
        <h2 id="quota-title">${t('quota.title')}</h2>
        <p class="quiet">${t('quota.text')}</p>
        ${loadable(this.#quota, quota => lines(quota), { waiting: skeletons('row'), failed: briefly })}
      </section>`
  }
}

function lines(quota) {
  return html`<dl class="quotas">${resources.map(({ name }) => {
    const { used, most } = quota[name]
    return html`<div data-key="quota-${name}"><dt>${t(`quota.${name}`)}</dt>
      <dd>${t('quota.of', { used: amount(name, used), most: amount(name, most) })}
        <meter min="0" max="${Math.max(most, 1)}" value="${used}" high="${most * 0.9}" optimum="0"
          aria-label="${t(`quota.${name}`)}"></meter></dd></div>`
  })}</dl>`
}

customElements.define('quota-card', QuotaCard)
