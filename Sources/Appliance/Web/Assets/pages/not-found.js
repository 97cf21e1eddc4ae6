import { emptyState } from '../elements/empty-state.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** Shown for an unknown path, or (attribute `reason="forbidden"`) for one that the user may not see. */
class NotFoundPage extends ViewElement {
  static observedAttributes = ['reason']

  view() {
    const reason = this.getAttribute('reason') ?? 'missing'
    return html`<div class="page-empty">${emptyState({
      icon: reason === 'missing' ? 'search' : 'key', title: t(`${reason}.title`), text: t(`${reason}.text`),
        isPage: true,
      action: html`<a class="button button-primary" href="/">${t('missing.home')}</a>`,
    })}</div>`
  }
}

customElements.define('not-found-page', NotFoundPage)
