import '../elements/markdown-field.js'
import { html } from '../lib/html.js'

/** A text in Markdown, with files. */
export const input = ({ name, label, required, hint }, value, error) => html`
  <markdown-field data-key="${name}" name="${name}" label="${label}" ?optional=${!required}
    hint="${hint ?? ''}" value="${value ?? ''}" error="${error}"></markdown-field>`

export const read = (data, { name }) => String(data.get(name) ?? '').trim()

export const show = (_, value) => value
