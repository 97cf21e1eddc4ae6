import { ViewElement } from '../lib/element.js'
import { ago, exact } from '../lib/format.js'
import { html } from '../lib/html.js'

/** A relative time ("il y a 3 minutes") that updates itself, with the exact time as its title. */
class TimeAgo extends ViewElement {
  static observedAttributes = ['moment']

  connected() { this.every(20_000, () => this.update()) }

  view() {
    const moment = this.getAttribute('moment')
    if (!moment || Number.isNaN(Date.parse(moment))) return html`–`
    return html`<time datetime="${moment}" title="${exact(moment)}">${ago(moment)}</time>`
  }
}

customElements.define('time-ago', TimeAgo)
