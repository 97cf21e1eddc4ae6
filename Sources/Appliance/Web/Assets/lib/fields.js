import * as audience from '../fields/audience.js'
import * as choice from '../fields/choice.js'
import * as choices from '../fields/choices.js'
import * as color from '../fields/color.js'
import * as file from '../fields/file.js'
import * as flag from '../fields/flag.js'
import * as lines from '../fields/lines.js'
import * as number from '../fields/number.js'
import * as object from '../fields/object.js'
import * as reference from '../fields/reference.js'
import * as tags from '../fields/tags.js'
import * as text from '../fields/text.js'
import * as time from '../fields/time.js'

/**
 * The kinds of columns: `input(column, value, error)` returns the markup of the field, `read(data, column)`
 * its value in the form's data, `show(column, value)` the markup in a list.
 */
const kinds = { audience, choice, choices, color, file, flag, lines, number, object, reference, tags, text, time }

export const fieldOf = ({ kind }) => kinds[kind] ?? text

/** The request body of a form: the values of all columns that are not read-only. */
export function bodyOf(form, columns) {
  const data = new FormData(form)
  return Object.fromEntries(columns.filter(column => !column.readOnly)
    .map(column => [column.name, fieldOf(column).read(data, column)]))
}
