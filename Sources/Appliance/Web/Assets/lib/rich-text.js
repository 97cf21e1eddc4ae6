/** The elements that rendered Markdown may have, and what they become on the page. */
const elements = {
  P: 'p', BR: 'br', HR: 'hr', STRONG: 'strong', B: 'strong', EM: 'em', I: 'em', DEL: 's', S: 's', CODE: 'code', PRE: 'pre',
  BLOCKQUOTE: 'blockquote', UL: 'ul', OL: 'ol', LI: 'li', H1: 'h3', H2: 'h4', H3: 'h5', H4: 'h6', H5: 'h6', H6: 'h6',
  TABLE: 'table', THEAD: 'thead', TBODY: 'tbody', TR: 'tr', TH: 'th', TD: 'td', A: 'a', IMG: 'img',
}
/** Deeper elements are shown as their text. */
const deepest = 40
const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'EMBED', 'SVG', 'MATH', 'svg', 'math'])

/** The attributes of a link: of this site, of another one (in a new tab), or of mail; null for all others. */
export function linkOf(address, origin) {
  let url = null
  if (!address.trim()) return null
  try { url = new URL(address, origin) } catch { return null }
  if (url.protocol === 'mailto:') return { href: url.href }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null
  if (url.origin === origin) return { href: url.pathname + url.search + url.hash }
  return { href: url.href, target: '_blank', rel: 'noopener noreferrer nofollow' }
}

/**
 * What becomes of an element: `{name, attributes}`; `{}` if only its content is shown, null if nothing of it is.
 * Attributes other than those made here are dropped.
 */
export function allowed({ nodeName, attribute }, origin) {
  if (dropped.has(nodeName)) return null
  const name = elements[nodeName]
  if (!name) return {}
  if (name === 'a') {
    const attributes = linkOf(attribute('href') ?? '', origin)
    return attributes ? { name, attributes } : {}
  }
  if (name === 'img') {
    const source = attribute('src') ?? ''
    // Pictures of other sites would tell them who reads.
    return /^\/api\/uploads\/[\w.-]+$/.test(source)
      ? { name, attributes: { src: source, alt: attribute('alt') ?? '', loading: 'lazy' } } : { text: attribute('alt') ?? '' }
  }
  if (name === 'ol' && /^\d{1,9}$/.test(attribute('start') ?? '')) return { name, attributes: { start: attribute('start') } }
  const align = /^(left|center|right)$/.exec(attribute('align') ?? '')
  if ((name === 'th' || name === 'td') && align) return { name, attributes: { class: `align-${align[1]}` } }
  return { name, attributes: {} }
}

/** A fragment with the allowed elements of HTML. It is parsed in a document of its own, which runs and loads nothing. */
export function sanitized(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const fragment = document.createDocumentFragment()
  copy(parsed.body, fragment, 0)
  return fragment
}

function copy(from, into, depth) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data)
    if (node.nodeType !== Node.ELEMENT_NODE) continue
    if (depth >= deepest) {
      into.append(node.textContent)
      continue
    }
    const kept = allowed({ nodeName: node.nodeName, attribute: name => node.getAttribute(name) }, location.origin)
    if (!kept) continue
    if (kept.text !== undefined) into.append(kept.text)
    else if (!kept.name) copy(node, into, depth + 1)
    else {
      const element = document.createElement(kept.name)
      for (const [name, value] of Object.entries(kept.attributes)) element.setAttribute(name, value)
      copy(node, element, depth + 1)
      into.append(element)
    }
  }
}
