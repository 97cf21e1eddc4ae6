import { html } from '../lib/html.js'

/** A JSON object, written as its text. */
export const input = ({ name, label }, value, error) => html`
  <form-field data-key="${name}" name="${name}" type="area" label="${label}" optional
    value="${JSON.stringify(value ?? {}, null, 2)}" error="${error}"></form-field>`

/** A text that is no JSON is sent as it is: the server refuses it with a message. */
export function read(data, { name }) {
  const text = String(data.get(name) ?? '').trim()
  try { return text ? JSON.parse(text) : {} } catch { return text }
}

export const show = () => null
