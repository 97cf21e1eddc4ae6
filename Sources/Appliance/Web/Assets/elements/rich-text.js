import { sanitized } from '../lib/rich-text.js'

/** Shows rendered Markdown: the attribute `html`, of which only an allowed part is kept. */
class RichText extends HTMLElement {
  static observedAttributes = ['html']

  attributeChangedCallback() {
    this.replaceChildren(sanitized(this.getAttribute('html') ?? ''))
    // Wide code and tables scroll, also by the keyboard.
    for (const wide of this.querySelectorAll('pre, table')) wide.tabIndex = 0
  }
}

customElements.define('rich-text', RichText)
