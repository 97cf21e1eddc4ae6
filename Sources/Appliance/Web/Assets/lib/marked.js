import { html } from './html.js'

/** The snippet of a search result as markup; matches are between U+0002 and U+0003. */
export const marked = snippet => snippet.split('\u0002').map((part, index) => {
  if (!index) return part
  const [found, rest = ''] = part.split('\u0003')
  return html`<mark>${found}</mark>${rest}`
})
