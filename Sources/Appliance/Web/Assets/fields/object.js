import { html } from '../lib/html.js'

/** A JSON object, edited as text. */
export const input = ({ name, label }, value, error) => html`
  <form-field data-key="${name}" name="${name}" type="area" label="${label}" optional
    value="${JSON.stringify(value ?? {}, null, 2)}" error="${error}"></form-field>`

/** Text that is not JSON is sent unchanged: the server rejects it with a message. */
export function read(data, { name }) {
  const text = String(data.get(name) ?? '').trim()
  try { return text ? JSON.parse(text) : {} } catch { return text }
}

export const show = () => null
