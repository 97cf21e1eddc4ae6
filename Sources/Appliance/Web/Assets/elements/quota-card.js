import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { amount, resources } from '../lib/quota.js'

/** What the person has of what they may have. */
class QuotaCard extends ViewElement {
  #quota = null
  #error = null

  connected() { this.#fetch() }

  async #fetch() {
    try {
      this.#quota = await get('/api/quota', { signal: this.signal })
      this.#error = null
    } catch (error) {
      if (error.name === 'AbortError') return
      this.#error = error
    }
    this.update()
  }

  view() {
    return html`
      <section class="card" aria-labelledby="quota-title">
        <h2 id="quota-title">${t('quota.title')}</h2>
        <p class="quiet">${t('quota.text')}</p>
        ${this.#error ? html`<p class="alert" role="alert">${this.#error.message}</p>` : this.#quota ? this.#lines() : html`<span class="skeleton skeleton-row"></span>`}
      </section>`
  }

  #lines() {
    return html`<dl class="quotas">${resources.map(({ name }) => {
      const { used, most } = this.#quota[name]
      return html`<div data-key="quota-${name}"><dt>${t(`quota.${name}`)}</dt>
        <dd>${t('quota.of', { used: amount(name, used), most: amount(name, most) })}
          <meter min="0" max="${Math.max(most, 1)}" value="${used}" high="${most * 0.9}" optimum="0" aria-label="${t(`quota.${name}`)}"></meter></dd></div>`
    })}</dl>`
  }
}

customElements.define('quota-card', QuotaCard)
