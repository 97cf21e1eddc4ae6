import { html } from '../lib/html.js'
import { number } from '../lib/format.js'

export const input = ({ name, label, required }, value, error) => html`
  <form-field data-key="${name}" name="${name}" label="${label}" inputmode="numeric" ?optional=${!required}
    value="${value ?? ''}" error="${error}"></form-field>`

/** Text that is not a whole number is sent unchanged: the server rejects it with a message. */
export function read(data, { name, initial }) {
  const text = String(data.get(name) ?? '').trim()
  if (!text) return initial
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text
}

export const show = (_, value) => value == null ? '' : number(value)
