import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** Switches between writing and the preview: `write()` and `preview()` of the element. */
export const textTabs = isPreview => html`
  <div class="switch"><div class="switch-choices">
    <button type="button" data-click="write" aria-pressed="${isPreview ? 'false' : 'true'}">
      ${t('forum.write')}</button>
    <button type="button" data-click="preview" aria-pressed="${isPreview ? 'true' : 'false'}">
      ${t('forum.preview')}</button></div></div>`
