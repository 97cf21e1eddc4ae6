import { html } from '../lib/html.js'

const usual = ['#10B981', '#3B82F6', '#8B5CF6', '#EC4899', '#F59E0B', '#6B7280']

const dot = color => html`<svg viewBox="0 0 10 10" aria-hidden="true">
  <circle cx="5" cy="5" r="5" fill="${color}"/></svg>`

export function input({ name, label, initial }, value, error) {
  const chosen = value ?? initial ?? usual[0]
  const all = usual.some(color => color.toLowerCase() === chosen.toLowerCase()) ? usual : [chosen, ...usual]
  return html`
    <fieldset class="colors"><legend>${label}</legend>${all.map((color, index) => html`
      <label class="color"><input type="radio" name="${name}" value="${color}"
        aria-label="${label} ${index + 1}"
        ?checked=${color.toLowerCase() === chosen.toLowerCase()}>${dot(color)}</label>`)}
      <p class="field-error" aria-live="polite">${error}</p></fieldset>`
}

export const read = (data, { name }) => data.get(name)

export const show = (_, value) => html`<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"
  ><circle cx="5" cy="5" r="5" fill="${value}"/></svg>`
