import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { previewOf } from '../lib/documents.js'

const mostText = 200_000

/**
 * Previews a file in the page, as picture, text or PDF pages: `src`, `type` and `name`; `pages` is the URL
 * below which the server renders the pages of a PDF.
 */
class DocumentPreview extends ViewElement {
  static observedAttributes = ['src', 'type']
  #text = null
  #shown = null
  #page = 1
  #last = null

  connected() {
    this.listen(this, 'error', ({ target }) => {
      if (target.localName === 'img' && previewOf(this.getAttribute('type')) === 'pdf') this.#missed(target.src)
    }, { capture: true })
    this.#read()
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#read()
  }

  /** A page that does not exist: the one before is the last. Other errors leave the page as it is. */
  async #missed(src) {
    const page = this.#page
    const answer = await fetch(src, { signal: this.signal }).catch(() => null)
    if (answer?.status !== 404 || page !== this.#page) return
    this.#last = page - 1
    this.#page = Math.max(1, this.#last)
    this.update()
  }

  async #read() {
    const src = this.getAttribute('src')
    if (this.#shown !== src) [this.#page, this.#last] = [1, null]
    if (previewOf(this.getAttribute('type')) !== 'text' || this.#shown === src) {
      this.#shown = src
      return this.update()
    }
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
    if (kind === 'pdf' && this.#last !== 0) return this.#pages(name)
    return html``
  }

  #pages(name) {
    return html`
      <figure class="preview preview-pages">
        <img src="${this.getAttribute('pages')}/${this.#page}" alt="${t('document.page', {
          name, page: this.#page })}">
        <figcaption>
          <button type="button" class="icon-button" data-click="before" ?disabled=${this.#page === 1}
            aria-label="${t('document.pageBefore')}" title="${t('document.pageBefore')}">
              ${icon('back')}</button>
          <span role="status">${t('document.pageOf', { page: this.#page })}</span>
          <button type="button" class="icon-button" data-click="after" ?disabled=${this.#page === this.#last}
            aria-label="${t('document.pageAfter')}" title="${t('document.pageAfter')}">
              ${icon('next')}</button>
        </figcaption></figure>`
  }

  before() { this.#go(-1) }
  after() { this.#go(1) }

  #go(step) {
    this.#page = Math.max(1, this.#page + step)
    this.update()
  }
}

customElements.define('document-preview', DocumentPreview)
