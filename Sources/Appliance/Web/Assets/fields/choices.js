import { html } from '../lib/html.js'

export const input = ({ name, label, options }, value, error) => html`
  <fieldset class="checks"><legend>${label}</legend>
    ${options.map(option => html`<label class="check">
      <input type="checkbox" name="${name}" value="${option.value}"
      ?checked=${(value ?? []).includes(option.value)}><span>${option.label}</span></label>`)}
    <p class="field-error" aria-live="polite">${error}</p></fieldset>`

export const read = (data, { name }) => data.getAll(name)

export const show = ({ options }, value) => (value ?? []).map(word =>
  html`<span class="tag tag-plain">${options.find(option => option.value === word)?.label ?? word}</span>`)
