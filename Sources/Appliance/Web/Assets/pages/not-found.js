import { emptyState } from '../elements/empty-state.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/**
 * Shown for an unknown path, for one that the user may not see (attribute `reason="forbidden"`) and for one of
 * a module that is switched off (`reason="off"`).
 */
class NotFoundPage extends ViewElement {
  static observedAttributes = ['reason']

  view() {
    const reason = this.getAttribute('reason') ?? 'missing'
    return html`<div class="page-empty">${emptyState({
      icon: { missing: 'search', off: 'info' }[reason] ?? 'key', title: t(`${reason}.title`), text: t(`${reason}.text`),
        isPage: true,
      action: html`<a class="button button-primary" href="/">${t('missing.home')}</a>`,
    })}</div>`
  }
}

customElements.define('not-found-page', NotFoundPage)
