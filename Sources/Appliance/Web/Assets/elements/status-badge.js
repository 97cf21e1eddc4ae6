import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** The state of a machine; with `unreachable` its last known state is in the title. */
class StatusBadge extends ViewElement {
  static observedAttributes = ['status', 'unreachable']

  view() {
    const status = this.getAttribute('status')
    const word = t(`status.${status}`)
    if (this.hasAttribute('unreachable'))
      return html`<span class="badge" data-status="unreachable"
        title="${t('status.last', { status: word })}"><i></i>${t('status.unreachable')}</span>`
    return html`<span class="badge" data-status="${status}"><i></i>${word}</span>`
  }
}

customElements.define('status-badge', StatusBadge)
