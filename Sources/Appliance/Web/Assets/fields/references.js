import { html } from '../lib/html.js'

/** References to several of `column.rows`, which have `id` and `name`; kept as they are where the rows are not known. */
export const input = ({ name, label, rows, none }, value, error) => rows ? html`
  <fieldset class="field ${error ? 'field-wrong' : ''}"><legend>${label}</legend>
    ${rows.length ? rows.map(row => html`<label class="check"><input type="checkbox" name="${name}"
      value="${row.id}" ?checked=${(value ?? []).includes(String(row.id))}><span>${row.name}</span></label>`)
      : html`<p class="quiet">${none}</p>`}
    <p class="field-error" aria-live="polite">${error}</p></fieldset>`
  : (value ?? []).map(id => html`<input type="hidden" name="${name}" value="${id}">`)

export const read = (data, { name }) => data.getAll(name).map(String)

export const show = ({ rows = [] }, value) => (value ?? [])
  .map(id => rows.find(row => String(row.id) === id)?.name ?? id).join(', ')
