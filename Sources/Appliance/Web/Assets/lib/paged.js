import { get } from './api.js'
import { queryOf } from './people.js'

const pageSize = 50
const typingRests = 250

/**
 * A list that the server filters and pages: `rows` (null until known), `total`, `more` (whether there are
 * older ones), `error`, `busy`. `changed()` is called after each answer; only the answer of the latest
 * request is used.
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
  #size

  /** `size`: how many rows one request fetches. */
  constructor(path, { rowsOf = answer => answer, size = pageSize, changed }) {
    this.#path = path
    this.#rowsOf = rowsOf
    this.#size = size
    this.#changed = changed
  }

  /** Fetches with other filters; with `typing`, 250 ms after the last call. */
  filter(wishes, { typing = false } = {}) {
    Object.assign(this.wishes, wishes)
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.refresh({ keep: Object.keys(wishes).length === 0 }), typing ? typingRests : 0)
  }

  /**
   * Fetches the rows again; after a failure the old ones stay if `keep`: those of other filters would
   * mislead.
   */
  refresh({ keep = true } = {}) { return this.#ask(null, Math.max(this.#size, this.rows?.length ?? 0), keep) }

  older() { return this.#ask(this.#next, this.#size) }

  /** The rows, under the name by which `loadable` reads them. */
  get value() { return this.rows }

  get query() { return queryOf(this.wishes) }

  async #ask(before, limit, keep = true) {
    const asked = this.#asked += 1
    this.busy = true
    try {
      let next = null
      const onHeaders = headers => { next = headers.get('X-Next-Before') }
      const query = queryOf({ ...this.wishes, limit: Math.min(500, limit), before })
      const answer = await get(this.#path + query, { onHeaders })
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
      if (!keep) this.rows = null
    }
    this.busy = false
    this.#changed()
  }
}
