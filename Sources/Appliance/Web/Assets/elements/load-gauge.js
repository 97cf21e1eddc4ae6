import { ViewElement } from '../lib/element.js'
import { percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/**
 * A load in percent. Attributes: `label`, `value` (0-100, empty when unknown), `detail`, `history` (past
 * values separated by commas, for the line behind it); `compact` shows a bar only.
 */
class LoadGauge extends ViewElement {
  static observedAttributes = ['label', 'value', 'detail', 'history', 'compact']

  view() {
    const text = this.getAttribute('value')
    const value = text === null || text === '' ? NaN : Math.max(0, Math.min(100, Number(text)))
    const label = this.getAttribute('label')
    const level = value >= 90 ? 'high' : value >= 75 ? 'raised' : 'calm'
    const bar = html`
      <svg class="gauge-bar" role="meter" aria-label="${label}" aria-valuemin="0" aria-valuemax="100"
        aria-valuenow="${Number.isFinite(value) ? Math.round(value) : 0}" aria-valuetext="${percent(value)}">
        <rect class="gauge-track" width="100%" height="100%" rx="3"/>
        <rect class="gauge-fill" width="${Number.isFinite(value) ? value : 0}%" height="100%" rx="3"/>
      </svg>`
    if (this.hasAttribute('compact'))
      return html`<span class="gauge gauge-compact" data-level="${level}"><span
        class="gauge-label">${label}</span>${Number.isFinite(value) && bar}<span
        class="gauge-value">${percent(value)}</span></span>`
    return html`
      <div class="gauge" data-level="${level}">
        <p class="gauge-head"><span class="gauge-label">${label}</span><strong
          class="gauge-value">${percent(value)}</strong></p>
        ${this.#line()}${bar}
        <p class="gauge-detail">${this.getAttribute('detail') || (Number.isFinite(value) ? '\u00a0'
          : t('load.unknown'))}</p>
      </div>`
  }

  #line() {
    const values = (this.getAttribute('history') ?? '').split(',').filter(Boolean).map(Number).filter(Number.isFinite)
    if (values.length < 2) return this.hasAttribute('history')
      && html`<svg class="gauge-line" aria-hidden="true"></svg>`
    const step = 120 / Math.max(11, values.length - 1)
    const from = 120 - step * (values.length - 1)
    const points = values.map((value, index) => `${(from + index * step).toFixed(1)},${(31 - value * 0.3).toFixed(1)}`)
    return html`
      <svg class="gauge-line" viewBox="0 0 120 32" preserveAspectRatio="none" aria-hidden="true">
        <polygon class="gauge-area" points="${from.toFixed(1)},32 ${points.join(' ')} 120,32"/>
        <polyline class="gauge-stroke" points="${points.join(' ')}"/>
      </svg>`
  }
}

customElements.define('load-gauge', LoadGauge)
