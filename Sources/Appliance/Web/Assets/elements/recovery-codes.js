import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** Recovery codes (attribute `codes`, separated by spaces), shown once, to copy or print. */
class RecoveryCodes extends ViewElement {
  static observedAttributes = ['codes']

  get #codes() { return (this.getAttribute('codes') ?? '').split(' ').filter(Boolean) }

  view() {
    const { user } = session.get()
    return html`
      <div class="once print-only-this" role="status">
        <p><strong>${t('recovery.title')}</strong> ${t('recovery.once')}</p>
        <p class="print-only">OBox · ${user?.name} · ${location.host}</p>
        <ol class="codes">${this.#codes.map(code => html`<li><code>${code}</code></li>`)}</ol>
        <div class="form-actions no-print">
          <button class="button button-small" data-click="copy">${icon('copy')}${t('action.copy')}</button>
          <button class="button button-small" data-click="print">
            ${icon('print')}${t('recovery.print')}</button>
        </div>
      </div>`
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.#codes.join('\n'))
    } catch {
      getSelection().selectAllChildren(this.querySelector('.codes'))
      if (!document.execCommand('copy')) return toast(t('action.copyFailed'))
    }
    toast(t('action.copied'), 'success')
  }

  print() { print() }
}

customElements.define('recovery-codes', RecoveryCodes)
