import { Markup } from './html.js'

const keyOf = node => node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key ?? (node.id || null) : null

/** What the person holds (an open <details>, a shown dialog) or a script has set stays as it is. */
const kept = new Set(['style', 'open'])

/** A custom element of ours draws its own inside; only its attributes come from the parent. */
const drawsItself = node => node.localName?.includes('-') && customElements.get(node.localName)

function morphAttributes(node, wanted) {
  for (const { name, value } of wanted.attributes)
    if (node.getAttribute(name) !== value && !kept.has(name)) node.setAttribute(name, value)
  for (const { name } of [...node.attributes])
    if (!wanted.hasAttribute(name) && !kept.has(name)) node.removeAttribute(name)
}

function morphNode(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== wanted.data) node.data = wanted.data
    return
  }
  morphAttributes(node, wanted)
  if (!drawsItself(node)) morphChildren(node, wanted)
}

/** The unkeyed nodes from `cursor` up to `match` go, so that `match` need not move (and lose its focus). */
function approach(parent, cursor, match) {
  const between = []
  for (let node = cursor; node && node !== match; node = node.nextSibling) {
    if (keyOf(node)) {
      parent.insertBefore(match, cursor)
      return cursor
    }
    between.push(node)
  }
  for (const node of between) node.remove()
  return match.nextSibling
}

function morphChildren(parent, wanted) {
  const keyed = new Map()
  for (const child of parent.children) if (keyOf(child)) keyed.set(keyOf(child), child)
  const nexts = [...wanted.childNodes]
  let cursor = parent.firstChild
  nexts.forEach((next, index) => {
    const match = keyOf(next) ? keyed.get(keyOf(next)) : null
    if (match?.nodeName === next.nodeName) {
      cursor = approach(parent, cursor, match)
      return morphNode(match, next)
    }
    const needed = name => nexts.slice(index + 1).some(later => !keyOf(later) && later.nodeName === name)
    while (cursor && !keyOf(next) && !keyOf(cursor) && cursor.nodeName !== next.nodeName
      && (cursor.nodeType === Node.TEXT_NODE || !needed(cursor.nodeName))) {
      const gone = cursor
      cursor = cursor.nextSibling
      gone.remove()
    }
    if (cursor && !keyOf(next) && !keyOf(cursor) && cursor.nodeName === next.nodeName) {
      const same = cursor
      cursor = cursor.nextSibling
      morphNode(same, next)
    } else {
      parent.insertBefore(next, cursor)
    }
  })
  while (cursor) {
    const gone = cursor
    cursor = cursor.nextSibling
    gone.remove()
  }
}

/** Makes the inside of `target` look like `markup`, keeping focus, typed text and running animations. */
export function render(target, markup) {
  if (!(markup instanceof Markup)) throw new TypeError('render() takes what html`…` returns')
  const template = document.createElement('template')
  template.innerHTML = markup.toString()
  morphChildren(target, template.content)
}
