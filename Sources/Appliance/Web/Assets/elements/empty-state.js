import { html } from '../lib/html.js'
import { icon as sign } from '../lib/icons.js'

/**
 * Shown where there is no content: icon, title, text and an action. `isPage`: it is the whole page, and its
 * title the main heading.
 */
export const emptyState = ({ icon, title, text, action, isPage = false }) => html`
  <section class="empty-state">
    <span class="empty-sign">${sign(icon)}</span>
    ${isPage ? html`<h1 class="empty-title">${title}</h1>` : html`<h2>${title}</h2>`}
    ${text && html`<p>${text}</p>`}
    ${action && html`<div class="empty-action">${action}</div>`}
  </section>`
