import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/**
 * A labelled field of the surrounding form. Attributes: `name`, `label`, `type` (text, email, password,
 * area), `hint`, `error`, the initial `value`, `autocomplete`, `inputmode`, `optional`, `prose` (sentences: spelling
 * and capitals as in an area). Screen readers read the error with the field.
 */
class FormField extends ViewElement {
  static observedAttributes = ['label', 'hint', 'error', 'value']
  #shown = false

  view() {
    const name = this.getAttribute('name')
    const id = `field-${name}`
    const error = this.getAttribute('error')
    const hint = this.getAttribute('hint')
    return html`
      <div class="field ${error ? 'field-wrong' : ''}">
        <label for="${id}">${this.getAttribute('label')}${this.hasAttribute('optional')
          && html` <small>${t('field.optional')}</small>`}</label>
        <span class="field-box">${this.#control(id, name, error)}${this.getAttribute('type') === 'password'
          && this.#eye()}</span>
        ${hint && html`<p class="field-hint" id="${id}-hint">${hint}</p>`}
        <p class="field-error" id="${id}-error" aria-live="polite">${error}</p>
      </div>`
  }

  #control(id, name, error) {
    const type = this.getAttribute('type') ?? 'text'
    const isProse = type === 'area' || this.hasAttribute('prose')
    const shared = html`class="input" id="${id}" name="${name}" aria-describedby="${id}-hint ${id}-error"
      ${error ? html`aria-invalid="true"` : null} ?required=${!this.hasAttribute('optional')}
      ?autofocus=${this.hasAttribute('autofocus')} 
      spellcheck="${isProse ? 'true' : 'false'}" autocapitalize="${isProse ? 'sentences' : 'none'}"`
    if (type === 'area')
      return html`<textarea ${shared} rows="3">${this.getAttribute('value') ?? ''}</textarea>`
    return html`<input ${shared} type="${kindOf(type, this.#shown)}"
      value="${this.getAttribute('value') ?? ''}"
      autocomplete="${this.getAttribute('autocomplete') ?? 'off'}"
      inputmode="${this.getAttribute('inputmode') ?? (type === 'email' ? 'email' : '')}">`
  }

  #eye() {
    return html`<button type="button" class="icon-button field-eye" data-click="reveal"
      aria-pressed="${this.#shown ? 'true' : 'false'}"
      aria-label="${t(this.#shown ? 'field.hide' : 'field.show')}"
      title="${t(this.#shown ? 'field.hide' : 'field.show')}">${icon('eye')}</button>`
  }

  reveal() {
    this.#shown = !this.#shown
    this.update()
  }

  focus() { this.querySelector('.input')?.focus() }
}

/**
 * The type of the input. Not "email": browsers rewrite such values (bücher.example becomes
 * xn--bcher-kva.example).
 */
const kindOf = (type, isShown) => type === 'email' || (type === 'password' && isShown) ? 'text' : type

customElements.define('form-field', FormField)

/** Focuses the first field with an error. */
export function focusFirstError(root) {
  requestAnimationFrame(() => root.querySelector('[aria-invalid="true"]')?.focus())
}
