import * as audience from './audience.js'
import * as choice from './choice.js'
import * as choices from './choices.js'
import * as color from './color.js'
import * as file from './file.js'
import * as files from './files.js'
import * as flag from './flag.js'
import * as lines from './lines.js'
import * as markdown from './markdown.js'
import * as number from './number.js'
import * as object from './object.js'
import * as reference from './reference.js'
import * as references from './references.js'
import * as tags from './tags.js'
import * as text from './text.js'
import * as time from './time.js'

/**
 * The kinds of columns: `input(column, value, error)` returns the markup of the field, `read(data, column)`
 * its value in the form's data, `show(column, value)` the markup in a list.
 */
const kinds = {
  audience, choice, choices, color, file, files, flag, lines, markdown, number, object, reference, references, tags,
  text, time,
}

export const fieldOf = ({ kind }) => kinds[kind] ?? text

/** The request body of a form: the values of all columns that are not read-only. */
export function bodyOf(form, columns) {
  const data = new FormData(form)
  return Object.fromEntries(columns.filter(column => !column.readOnly)
    .map(column => [column.name, fieldOf(column).read(data, column)]))
}
