const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Escapes text for element content and quoted attributes. */
export const escape = text => String(text).replace(/[&<>"']/g, c => entities[c])

/** The result of `html`; as a value in another template it is not escaped again. */
export class Markup {
  #text
  constructor(text) { this.#text = text }
  toString() { return this.#text }
}

function piece(value) {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Markup) return value.toString()
  if (Array.isArray(value)) return value.map(piece).join('')
  return escape(value)
}

/**
 * The template tag of the page. Values are escaped; `?name=${value}` is a boolean attribute; null, undefined
 * and false give no text; arrays are joined.
 */
export function html(strings, ...values) {
  let text = strings[0]
  values.forEach((value, index) => {
    const flag = /\s\?([\w-]+)=$/.exec(text)
    if (flag) text = text.slice(0, flag.index) + (value ? ` ${flag[1]}=""` : '')
    else text += piece(value)
    text += strings[index + 1]
  })
  return new Markup(text)
}
