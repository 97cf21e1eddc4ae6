/**
 * What an element fetches: `value` is null until it is known, `error` says why the last fetch failed.
 * `fetch(signal)` returns the value or a promise of it. The element is drawn again after each change.
 */
export class Loader {
  value = null
  error = null
  #element
  #fetch
  #latest = 0

  constructor(element, fetch) {
    this.#element = element
    this.#fetch = fetch
  }

  /**
   * Fetches; of several answers only that of the latest request is used. After a failure the old value stays
   * if `keep`.
   */
  async load({ keep = true } = {}) {
    const request = this.#latest += 1
    try {
      const value = await this.#fetch(this.#element.signal)
      if (request === this.#latest) this.set(value)
    } catch (error) {
      if (error.name === 'AbortError' || request !== this.#latest) return
      this.error = error
      if (!keep) this.value = null
      this.#element.update()
    }
  }

  set(value) {
    this.value = value
    this.error = null
    this.#element.update()
  }

  /** Forgets the value, and ignores the answers still to come. */
  clear() {
    this.#latest += 1
    this.set(null)
  }
}
