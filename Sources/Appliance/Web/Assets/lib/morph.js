import { Markup } from './html.js'

const keyOf = node => node.nodeType === Node.ELEMENT_NODE ? node.dataset?.key ?? (node.id || null) : null

/**
 * Attributes that rendering does not change: they belong to the user (an open <details> or dialog) or to a
 * script.
 */
const kept = new Set(['style', 'open'])

/** Whether a node is a custom element, which renders its own content: only its attributes are changed. */
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

/**
 * Removes the unkeyed nodes from `cursor` to `match`, so that `match` does not move (which would lose its
 * focus).
 */
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

/**
 * Changes the content of `target` to `markup`. Nodes are reused, so that focus, typed text and animations are
 * kept.
 */
export function render(target, markup) {
  if (!(markup instanceof Markup)) throw new TypeError('render() takes what html`…` returns')
  const template = document.createElement('template')
  template.innerHTML = markup.toString()
  morphChildren(target, template.content)
}
