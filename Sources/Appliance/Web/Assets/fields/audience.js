import '../elements/audience-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** The audience of a row: `["department:Sales", "user:7"]`; everyone when empty. */
export const input = ({ name, label }, value, error) => html`
  <audience-field data-key="${name}" name="${name}" label="${label}" value="${JSON.stringify(value ?? [])}"
    error="${error}"></audience-field>`

export const read = (data, { name }) => JSON.parse(data.get(name) || '[]')

export const show = (_, value) => value?.length
  ? html`<span class="tag tag-plain">${t('audience.count', { count: value.length })}</span>` : null
