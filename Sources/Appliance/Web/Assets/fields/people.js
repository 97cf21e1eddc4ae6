import '../elements/audience-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** People: the list of their ids. */
export const input = ({ name, label }, value, error) => html`
  <audience-field data-key="${name}" name="${name}" label="${label}" people
    value="${JSON.stringify(value ?? [])}" error="${error}"></audience-field>`

export const read = (data, { name }) => JSON.parse(data.get(name) || '[]')

export const show = (_, value) => value?.length
  ? html`<span class="tag tag-plain">${t('people.chosen', { count: value.length })}</span>` : null
