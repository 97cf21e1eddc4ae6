import '../elements/audience-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** People: the list of their ids. */
const people = ({ name, label }, value, error) => html`
  <audience-field data-key="${name}" name="${name}" label="${label}" people
    value="${JSON.stringify(value ?? [])}" error="${error}"></audience-field>`

const boxes = ({ name, label, rows, none }, value, error) => html`
  <fieldset class="field ${error ? 'field-wrong' : ''}"><legend>${label}</legend>
    ${rows.length ? rows.map(row => html`<label class="check"><input type="checkbox" name="${name}"
      value="${row.id}" ?checked=${(value ?? []).includes(String(row.id))}><span>${row.name}</span></label>`)
      : html`<p class="quiet">${none}</p>`}
    <p class="field-error" aria-live="polite">${error}</p></fieldset>`

/**
 * References to several rows: people are looked for; of `column.rows`, which have `id` and `name`, some are chosen; others
 * are kept as they are.
 */
export const input = (column, value, error) => column.references === 'users' ? people(column, value, error)
  : column.rows ? boxes(column, value, error)
    : (value ?? []).map(id => html`<input type="hidden" name="${column.name}" value="${id}">`)

export const read = (data, { name, references }) =>
  references === 'users' ? JSON.parse(data.get(name) || '[]') : data.getAll(name).map(String)

const count = value => value?.length
  ? html`<span class="tag tag-plain">${t('people.chosen', { count: value.length })}</span>` : null

export const show = ({ rows = [], references }, value) => references === 'users' ? count(value)
  : (value ?? []).map(id => rows.find(row => String(row.id) === id)?.name ?? id).join(', ')
