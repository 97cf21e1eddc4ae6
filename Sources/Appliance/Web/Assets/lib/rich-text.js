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

const mention = /(?<![\w.-]|[^\x00-\x7F])@([\w.-]*[A-Za-z0-9])/g

/** The parts of a text: `{text}`, and `{text, name}` for a mention of a username, as the server finds them. */
export function partsOf(text) {
  const parts = []
  let end = 0
  for (const { 0: found, 1: name, index } of text.matchAll(mention)) {
    if (index > end) parts.push({ text: text.slice(end, index) })
    parts.push({ text: found, name })
    end = index + found.length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** Appends a text with its mentions, which open the card of the person. */
function append(text, into) {
  for (const part of partsOf(text)) {
    if (!part.name) into.append(part.text)
    else {
      const button = document.createElement('button')
      Object.assign(button, { type: 'button', className: 'mention', textContent: part.text })
      button.dataset.personName = part.name
      into.append(button)
    }
  }
}

/** A fragment with the allowed elements of HTML. It is parsed in a document of its own, which runs and loads nothing. */
export function sanitized(html) {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const fragment = document.createDocumentFragment()
  copy(parsed.body, fragment, 0, false)
  return fragment
}

/** `isQuiet`: inside code and links there are no mentions. */
function copy(from, into, depth, isQuiet) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      if (isQuiet) into.append(node.data)
      else append(node.data, into)
    }
    if (node.nodeType !== Node.ELEMENT_NODE) continue
    if (depth >= deepest) {
      into.append(node.textContent)
      continue
    }
    const kept = allowed({ nodeName: node.nodeName, attribute: name => node.getAttribute(name) }, location.origin)
    if (!kept) continue
    if (kept.text !== undefined) into.append(kept.text)
    else if (!kept.name) copy(node, into, depth + 1, isQuiet)
    else {
      const element = document.createElement(kept.name)
      for (const [name, value] of Object.entries(kept.attributes)) element.setAttribute(name, value)
      copy(node, element, depth + 1, isQuiet || ['a', 'code', 'pre'].includes(kept.name))
      into.append(element)
    }
  }
}
