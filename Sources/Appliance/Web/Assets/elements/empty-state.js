import { html } from '../lib/html.js'
import { icon as sign } from '../lib/icons.js'

/** What stands where there is nothing to show: a sign, a title, a sentence and what can be done. `isPage`: it is all of the screen. */
export const emptyState = ({ icon, title, text, action, isPage = false }) => html`
  <section class="empty-state">
    <span class="empty-sign">${sign(icon)}</span>
    ${isPage ? html`<h1 class="empty-title">${title}</h1>` : html`<h2>${title}</h2>`}
    ${text && html`<p>${text}</p>`}
    ${action && html`<div class="empty-action">${action}</div>`}
  </section>`
