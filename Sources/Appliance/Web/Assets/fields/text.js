import { html } from '../lib/html.js'

export const input = ({ name, label, required }, value, error) => html`
  <form-field data-key="${name}" name="${name}" label="${label}" ?optional=${!required}
    ?prose=${name === 'title'}
    value="${value ?? ''}" error="${error}"></form-field>`

export const read = (data, { name }) => String(data.get(name) ?? '').trim()

export const show = (_, value) => value
