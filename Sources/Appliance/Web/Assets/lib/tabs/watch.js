/** Asks, and finds out whether the other side is still there: `lost()` is called where no answer comes in time. */
export class Watch {
  #ask
  #lost
  #silentFor
  #answerTakes
  #at = Date.now()
  #timer = null

  /** In milliseconds: who was heard within `silentFor` is not asked. */
  constructor({ ask, lost, silentFor = 30_000, answerTakes = 4000 }) {
    this.#ask = ask
    this.#lost = lost
    this.#silentFor = silentFor
    this.#answerTakes = answerTakes
  }

  heard() {
    this.#at = Date.now()
    this.end()
  }

  /** Asks if it has been silent for long; `now`: in any case. */
  check(now = false) {
    if (this.#timer || (!now && Date.now() - this.#at < this.#silentFor)) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#lost()
    }, this.#answerTakes)
    this.#ask()
  }

  end() {
    clearTimeout(this.#timer)
    this.#timer = null
  }
}
