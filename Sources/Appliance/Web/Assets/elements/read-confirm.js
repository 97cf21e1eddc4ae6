import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'

/**
 * Asks the reader to confirm having read a row: `path`, `edition`, and `confirmed` once it is confirmed.
 * Dispatches `read-confirmed`.
 */
class ReadConfirm extends ViewElement {
  static observedAttributes = ['confirmed', 'edition']
  #sending = false

  view() {
    if (this.hasAttribute('confirmed')) return html`
      <p class="confirm-bar" data-done>${icon('check')}<span>${t('confirm.thanks')}</span></p>`
    return html`
      <div class="confirm-bar">${icon('info')}<p>${t('confirm.ask')}</p>
        <button type="button" class="button button-primary" data-click="send" ?disabled=${this.#sending}
          ?data-busy=${this.#sending}>${icon('check')}${t('confirm.button')}</button></div>`
  }

  async send() {
    this.#sending = true
    this.update()
    try {
      await post(`${this.getAttribute('path')}/confirm`, { edition: Number(this.getAttribute('edition')) })
      toast(t('confirm.done'), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#sending = false
    this.update()
    this.dispatchEvent(new CustomEvent('read-confirmed', { bubbles: true }))
  }
}

customElements.define('read-confirm', ReadConfirm)
