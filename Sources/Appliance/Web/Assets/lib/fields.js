import * as choice from '../fields/choice.js'
import * as choices from '../fields/choices.js'
import * as color from '../fields/color.js'
import * as flag from '../fields/flag.js'
import * as lines from '../fields/lines.js'
import * as number from '../fields/number.js'
import * as reference from '../fields/reference.js'
import * as text from '../fields/text.js'
import * as time from '../fields/time.js'

/**
 * What each kind of column is on the page: `input(column, value, error)` is its markup in a form, `read(data,
 * column)` what a form's data say, `show(column, value)` how a list shows it.
 */
const kinds = { choice, choices, color, flag, lines, number, reference, text, time }

export const fieldOf = ({ kind }) => kinds[kind] ?? text

/** The body of a create or a change: what the form says of every column that can be written. */
export function bodyOf(form, columns) {
  const data = new FormData(form)
  return Object.fromEntries(columns.filter(column => !column.readOnly)
    .map(column => [column.name, fieldOf(column).read(data, column)]))
}
