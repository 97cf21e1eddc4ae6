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
 * The kinds of columns: `input(column, value, error)` returns the markup of the field, `read(data, column)`
 * its value in the form's data, `show(column, value)` the markup in a list.
 */
const kinds = { choice, choices, color, flag, lines, number, reference, text, time }

export const fieldOf = ({ kind }) => kinds[kind] ?? text

/** The request body of a form: the values of all columns that are not read-only. */
export function bodyOf(form, columns) {
  const data = new FormData(form)
  return Object.fromEntries(columns.filter(column => !column.readOnly)
    .map(column => [column.name, fieldOf(column).read(data, column)]))
}
