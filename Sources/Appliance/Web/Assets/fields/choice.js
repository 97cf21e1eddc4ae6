import { html } from '../lib/html.js'

export const input = ({ name, label, required, options }, value, error) => html`
  <label class="field ${error ? 'field-wrong' : ''}"><span>${label}</span>
    <select class="input" name="${name}" ${error && html`aria-invalid="true"`}>
      ${!required && value == null && html`<option value=""></option>`}
      ${options.map(option => html`<option value="${option.value}" ?selected=${option.value === value}
        >${option.label}</option>`)}</select>
    <p class="field-error" aria-live="polite">${error}</p></label>`

export const read = (data, { name }) => data.get(name) || null

export const show = ({ options }, value) => options.find(option => option.value === value)?.label ?? value
