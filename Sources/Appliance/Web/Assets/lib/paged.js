import { get } from './api.js'
import { queryOf } from './people.js'

const pageSize = 50
const typingRests = 250

/**
 * A list that the server filters and pages: `rows` (null until first known), `total`, `more` (whether older
 * ones follow), `error`. `changed` is called after each answer; a newer question drops the older one's answer.
 */
export class PagedList {
  rows = null
  total = null
  more = false
  error = null
  busy = false
  wishes = {}
  #path
  #rowsOf
  #changed
  #asked = 0
  #next = null
  #typing = null

  constructor(path, { rowsOf = answer => answer, changed }) {
    this.#path = path
    this.#rowsOf = rowsOf
    this.#changed = changed
  }

  /** Asks anew with other filters; while somebody types, once they rest. */
  filter(wishes, { typing = false } = {}) {
    Object.assign(this.wishes, wishes)
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.refresh(), typing ? typingRests : 0)
  }

  refresh() { return this.#ask(null, Math.max(pageSize, this.rows?.length ?? 0)) }

  older() { return this.#ask(this.#next, pageSize) }

  get query() { return queryOf(this.wishes) }

  async #ask(before, limit) {
    const asked = this.#asked += 1
    this.busy = true
    try {
      let next = null
      const heard = headers => { next = headers.get('X-Next-Before') }
      const query = queryOf({ ...this.wishes, limit: Math.min(500, limit), before })
      const answer = await get(this.#path + query, { heard })
      if (asked !== this.#asked) return
      const rows = this.#rowsOf(answer)
      this.rows = before ? [...this.rows, ...rows] : rows
      this.total = answer.total ?? null
      this.#next = next
      this.more = next !== null
      this.error = null
    } catch (error) {
      if (asked !== this.#asked) return
      this.error = error
    }
    this.busy = false
    this.#changed()
  }
}
