/**
 * Detects that the other side is gone: pings it after silence, and calls `lost()` when no answer comes in
 * time.
 */
export class Watch {
  #ping
  #lost
  #silentFor
  #answerTakes
  #at = Date.now()
  #timer = null

  /**
   * Times are in milliseconds: no ping is sent within `silentFor` of the last message; an answer may take
   * `answerTakes`.
   */
  constructor({ ping, lost, silentFor = 30_000, answerTakes = 4000 }) {
    this.#ping = ping
    this.#lost = lost
    this.#silentFor = silentFor
    this.#answerTakes = answerTakes
  }

  /** To be called for every message received. */
  received() {
    this.#at = Date.now()
    this.end()
  }

  /** Pings after a silence; with `now` without one. */
  check(now = false) {
    if (this.#timer || (!now && Date.now() - this.#at < this.#silentFor)) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#lost()
    }, this.#answerTakes)
    this.#ping()
  }

  end() {
    clearTimeout(this.#timer)
    this.#timer = null
  }
}
