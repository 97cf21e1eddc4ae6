import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** What replaces the composer when the user cannot write; null when they can. */
export function closedNote(channel) {
  if (!channel) return html`<div class="composer-closed" data-key="unknown" aria-busy="true"></div>`
  if (channel.archived) return html`<p class="composer-closed" data-key="archived">
    ${icon('archive')}<span>${t('compose.archived')}</span></p>`
  return null
}
