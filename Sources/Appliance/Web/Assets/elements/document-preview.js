import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { previewOf } from '../lib/documents.js'

const mostText = 200_000

/** Shows the picture or the text of a file in the page: `src`, `type` and `name`. */
class DocumentPreview extends ViewElement {
  static observedAttributes = ['src', 'type']
  #text = null
  #shown = null

  connected() { this.#read() }

  attributeChangedCallback() {
    if (this.isConnected) this.#read()
  }

  async #read() {
    const src = this.getAttribute('src')
    if (previewOf(this.getAttribute('type')) !== 'text' || this.#shown === src) return this.update()
    this.#shown = src
    this.#text = null
    try {
      const answer = await fetch(src, { signal: this.signal })
      if (answer.ok) this.#text = (await answer.text()).slice(0, mostText)
    } catch { /* the file can still be downloaded */ }
    this.update()
  }

  view() {
    const kind = previewOf(this.getAttribute('type'))
    const name = this.getAttribute('name')
    if (kind === 'picture') return html`<img class="preview" src="${this.getAttribute('src')}" alt="${name}">`
    if (kind === 'text' && this.#text !== null)
      return html`<pre class="preview preview-text" tabindex="0"
        aria-label="${t('document.preview', { name })}"
        >${this.#text}</pre>`
    return html``
  }
}

customElements.define('document-preview', DocumentPreview)
