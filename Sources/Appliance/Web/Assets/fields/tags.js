import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** Words, separated by commas. */
export const input = ({ name, label }, value, error) => html`
  <form-field data-key="${name}" name="${name}" label="${label}" optional hint="${t('tables.tagsHint')}"
    value="${(value ?? []).join(', ')}" error="${error}"></form-field>`

export const read = (data, { name }) =>
  String(data.get(name) ?? '').split(',').map(word => word.trim()).filter(Boolean)

export const show = (_, value) => (value ?? []).map(word => html`<span class="tag tag-plain">${word}</span>`)
