import './copy-field.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { noteHealth } from '../lib/health.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { place } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { loadable, skeletons } from './loadable.js'

const askEvery = 30_000
const order = ['broken', 'attention', 'ok']
const signs = { ok: 'check', attention: 'info', broken: 'warning' }

/** What an installation needs, the state of each, and what to do; what is broken comes first. */
class HealthChecks extends ViewElement {
  #checks = new Loader(this, async signal => {
    const answer = await get('/api/admin/health', { signal })
    noteHealth(answer)
    return answer
  })

  connected() {
    this.again()
    this.listen(socket, 'HEALTH', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.every(askEvery, () => { if (document.visibilityState === 'visible') this.again() })
  }

  view() {
    return html`<section class="card health" aria-label="${t('host.title')}">
      ${loadable(this.#checks, answer => this.#list(answer), { waiting: skeletons('row', 6) })}</section>`
  }

  #list({ state, attention, broken, checks }) {
    const sorted = order.flatMap(one => checks.filter(check => check.state === one))
    const words = [broken && t('health.broken', { count: broken }), attention && t('health.attention', { count: attention })]
    return html`
      <h2 data-state="${state}" aria-live="polite">
        ${words.filter(Boolean).join(', ') || t('health.ok')}</h2>
      <ul class="health-list">${sorted.map(check => this.#row(check))}</ul>`
  }

  #row({ name, title, state, message, advice, command, detail, page }) {
    return html`<li data-key="check-${name}" data-check="${name}" data-state="${state}">
      <span class="health-sign">${icon(signs[state])}
        <span class="visually-hidden">${t(`health.state.${state}`)}</span></span>
      <div class="health-words"><p><strong>${title}</strong> ${message}</p>
        ${state !== 'ok' && advice && html`<p>${advice}</p>`}
        ${detail && html`<p class="health-detail">${t('health.reason', { reason: detail })}</p>`}
        ${command && html`<copy-field label="${t('host.command')}" value="${command}"></copy-field>`}
      </div>
      ${page && state !== 'ok' && page !== place.get().path && html`<a class="button button-small"
        href="${page}" aria-label="${t('health.moreOf', { name: title })}">${t('health.more')}</a>`}</li>`
  }

  again() { this.#checks.load() }
}

customElements.define('health-checks', HealthChecks)
