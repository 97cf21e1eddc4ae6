import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

export const input = ({ name, label }, value) => html`
  <label class="check"><input type="checkbox" name="${name}" ?checked=${value === true}><span>${label}</span>
  </label>`

export const read = (data, { name }) => data.has(name)

/** Only a flag that is off is shown. */
export const show = ({ label }, value) =>
  value === false && html`<span class="tag tag-quiet">${t('tables.not', { label })}</span>`
