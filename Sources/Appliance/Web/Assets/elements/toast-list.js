import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { dismissToast, toasts } from '../lib/toast.js'

const signs = { info: 'info', success: 'check', error: 'warning' }

/** The toasts, newest last. */
class ToastList extends ViewElement {
  #newest = 0

  connected() { this.watch(toasts) }

  view() {
    return html`<ol class="toasts" popover="manual" aria-live="polite" aria-relevant="additions">
      ${toasts.get().list.map(({ id, text, kind, undo }) => html`
      <li class="toast" data-key="${id}" data-kind="${kind}">
        ${icon(signs[kind])}<p>${text}</p>
        ${undo && html`<button class="link" data-click="undo" data-id="${id}">${t('toast.undo')}</button>`}
        <button class="icon-button" data-click="dismiss" data-id="${id}" aria-label="${t('toast.close')}">
          ${icon('close')}</button>
      </li>`)}</ol>`
  }

  /** The list is a popover, so that it is shown above an open dialog: a new toast is the last on top. */
  drawn() {
    const list = this.firstElementChild
    const newest = toasts.get().list.at(-1)?.id ?? 0
    const isCovered = newest > this.#newest && document.querySelector('dialog:modal')
    this.#newest = newest
    if (isCovered && list.matches(':popover-open')) list.hidePopover()
    if (list.showPopover && !list.matches(':popover-open')) list.showPopover()
  }

  undo(_, { dataset: { id } }) {
    const { undo } = toasts.get().list.find(one => one.id === Number(id)) ?? {}
    dismissToast(Number(id))
    undo?.()
  }

  dismiss(_, button) { dismissToast(Number(button.dataset.id)) }
}

customElements.define('toast-list', ToastList)
