import { exact } from '../lib/format.js'
import { html } from '../lib/html.js'

/** The value of a `datetime-local` field: local time, to the minute. */
function local(value) {
  if (!value) return ''
  const moment = new Date(value)
  return new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export const input = ({ name, label }, value, error) => html`
  <label class="field ${error ? 'field-wrong' : ''}"><span>${label}</span>
    <input class="input" type="datetime-local" name="${name}" value="${local(value)}"
      ${error && html`aria-invalid="true"`}>
    <p class="field-error" aria-live="polite">${error}</p></label>`

export function read(data, { name }) {
  const text = data.get(name)
  return text ? new Date(text).toISOString() : null
}

export const show = (_, value) => value ? exact(value) : ''
