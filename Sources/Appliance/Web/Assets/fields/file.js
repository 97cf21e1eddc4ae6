import '../elements/file-field.js'
import { html } from '../lib/html.js'

/** The URL of an upload. */
export const input = ({ name, label }, value, error) => html`
  <file-field data-key="${name}" name="${name}" label="${label}" value="${value ?? ''}"
    error="${error}"></file-field>`

export const read = (data, { name }) => String(data.get(name) ?? '')

export const show = ({ label }, value) => value && html`<a href="${value}" target="_blank" rel="noopener"
  >${label}</a>`
