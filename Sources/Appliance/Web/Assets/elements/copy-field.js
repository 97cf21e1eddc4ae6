import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'

/**
 * A text with a button that copies it. Attributes: `value` and `label`; `copies` is copied in place of
 * `value`; `compact` hides the word beside the icon.
 */
class CopyField extends ViewElement {
  static observedAttributes = ['value', 'label', 'compact']
  #copied = false

  view() {
    const name = this.getAttribute('label')
    return html`
      <span class="copy ${this.hasAttribute('compact') ? 'copy-compact' : ''}">
        <code class="copy-text">${this.getAttribute('value')}</code>
        <button type="button" class="copy-button" data-click="copy"
          aria-label="${t('action.copyName', { name })}" ?data-done=${this.#copied}>
          ${icon(this.#copied ? 'check' : 'copy')}<span aria-live="polite">${this.#copied ? t('action.copied')
            : t('action.copy')}</span>
        </button>
      </span>`
  }

  async copy(event) {
    event.preventDefault()
    event.stopPropagation()
    try {
      await navigator.clipboard.writeText(this.getAttribute('copies') ?? this.getAttribute('value'))
    } catch {
      if (!this.#copyBySelection()) return toast(t('action.copyFailed'))
    }
    this.#copied = true
    this.update()
    setTimeout(() => { this.#copied = false; this.update() }, 2000)
  }

  /** Copies by selection, if there is no clipboard API (plain HTTP from another host). */
  #copyBySelection() {
    getSelection().selectAllChildren(this.querySelector('.copy-text'))
    return document.execCommand('copy')
  }
}

customElements.define('copy-field', CopyField)
