import '../elements/audience-field.js'
import { html } from '../lib/html.js'

/** A reference to a person, found by search, or to one of `column.rows`, which have `id` and `name`. */
export const input = (column, value, error) =>
  column.references === 'users' ? person(column, value, error) : select(column, value, error)

const person = ({ name, label }, value, error) => html`
  <audience-field person data-key="${name}" name="${name}" label="${label}" value="${value ?? ''}"
    error="${error}"></audience-field>`

const select = ({ name, label, required, rows = [] }, value, error) => html`
  <label class="field ${error ? 'field-wrong' : ''}"><span>${label}</span>
    <select class="input" name="${name}" ${error && html`aria-invalid="true"`}>
      ${!required && html`<option value=""></option>`}
      ${rows.map(row => html`<option value="${row.id}" ?selected=${String(row.id) === String(value ?? '')}
        >${row.name}</option>`)}</select>
    <p class="field-error" aria-live="polite">${error}</p></label>`

export const read = (data, { name }) => data.get(name) || null

export const show = ({ rows = [] }, value) => rows.find(row => String(row.id) === String(value))?.name ?? value
