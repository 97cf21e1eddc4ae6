import { html } from '../lib/html.js'

export const input = ({ name, label, required, hint }, value, error) => html`
  <form-field data-key="${name}" name="${name}" type="area" label="${label}" ?optional=${!required}
    hint="${hint ?? ''}" value="${value ?? ''}" error="${error}"></form-field>`

export const read = (data, { name }) => String(data.get(name) ?? '').trim()

export const show = (_, value) => value
