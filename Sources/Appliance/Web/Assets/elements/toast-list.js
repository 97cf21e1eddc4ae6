import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { dismissToast, toasts } from '../lib/toast.js'

const signs = { info: 'info', success: 'check', error: 'warning' }

/** The toasts, newest last. */
class ToastList extends ViewElement {
  connected() { this.watch(toasts) }

  view() {
    return html`<ol class="toasts" aria-live="polite" aria-relevant="additions">
      ${toasts.get().list.map(({ id, text, kind }) => html`
      <li class="toast" data-key="${id}" data-kind="${kind}">
        ${icon(signs[kind])}<p>${text}</p>
        <button class="icon-button" data-click="dismiss" data-id="${id}" aria-label="${t('toast.close')}">
          ${icon('close')}</button>
      </li>`)}</ol>`
  }

  dismiss(_, button) { dismissToast(Number(button.dataset.id)) }
}

customElements.define('toast-list', ToastList)
