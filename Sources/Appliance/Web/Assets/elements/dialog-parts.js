import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The header of a dialog: its title, whose id `aria-labelledby` refers to, and a button to close it. */
export const dialogHead = (id, title) => html`
  <header class="dialog-head"><h2 id="${id}">${title}</h2>
    <button type="button" class="icon-button" data-click="shut" aria-label="${t('action.close')}">
      ${icon('close')}</button></header>`

/** The buttons of a form in a dialog: cancel, and submit, which is disabled while `sending`. */
export const dialogActions = (sending, label = t('action.save'), kind = 'primary') => html`
  <div class="dialog-actions"><button type="button" class="button" data-click="shut">
    ${t('action.cancel')}</button>
    <button class="button button-${kind}" ?disabled=${sending} ?data-busy=${sending}>
      ${label}</button></div>`
