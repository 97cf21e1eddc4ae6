import { render } from '../morph.js'
import { sameRow } from './rows.js'

const roles = { day: 'separator', new: 'separator', message: 'article', pending: 'article' }

/** The elements of a thread's rows by key; an element is rendered again only when its row changes. */
export class RowNodes {
  #parent
  #markup
  #byKey = new Map()

  /** `markup(row, user)` is the content of a row as `user` sees it. */
  constructor(parent, markup) {
    this.#parent = parent
    this.#markup = markup
  }

  get all() { return [...this.#parent.children] }
  get messages() { return this.all.filter(node => node.classList.contains('message')) }
  of(key) { return this.#byKey.get(key)?.node ?? null }
  rowOf(node) { return this.#byKey.get(node?.dataset.row)?.row ?? null }

  clear() {
    this.#parent.replaceChildren()
    this.#byKey.clear()
  }

  /** Shows these rows; `anew`: renders every row again, after a change of language. */
  show(rows, { user, anew = false }) {
    const wanted = new Set(rows.map(row => row.key))
    for (const [key, { node }] of this.#byKey) if (!wanted.has(key)) { node.remove(); this.#byKey.delete(key) }
    let cursor = this.#parent.firstElementChild
    for (const row of rows) {
      const known = this.#byKey.get(row.key)
      const node = known?.node ?? made(row)
      if (!known || anew || !sameRow(known.row, row)) this.#draw(node, row, user)
      this.#byKey.set(row.key, { node, row })
      if (node === cursor) cursor = cursor.nextElementSibling
      else this.#parent.insertBefore(node, cursor)
    }
  }

  #draw(node, row, user) {
    const { kind, message, grouped } = row
    const isMessage = kind === 'message' || kind === 'pending'
    node.className = isMessage ? 'message' : `thread-${kind}`
    if (isMessage) {
      node.tabIndex = node.tabIndex === 0 ? 0 : -1
      node.toggleAttribute('data-grouped', Boolean(grouped))
      node.toggleAttribute('data-mine', message.authorId === String(user?.id))
      node.dataset.state = kind === 'pending' ? message.state : message.deletedAt ? 'deleted' : 'there'
      if (kind === 'message') {
        node.dataset.id = message.id
        node.setAttribute('aria-labelledby', `h-${message.id} t-${message.id}`)
      } else node.dataset.client = message.clientId
    }
    render(node.firstElementChild, this.#markup(row, user))
    node.toggleAttribute('data-calls', Boolean(node.querySelector('.mention[data-me]')))
  }
}

function made(row) {
  const node = document.createElement('div')
  node.dataset.row = row.key
  node.setAttribute('role', roles[row.kind] ?? 'note')
  const inside = document.createElement('div')
  inside.className = 'row-inside'
  node.append(inside)
  return node
}
