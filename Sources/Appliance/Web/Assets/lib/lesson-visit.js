import { post } from './api.js'

const every = 30_000
/** Without a sign of its reader for this long, an open lesson does not count, unless it plays. */
const patience = 5 * 60_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart']

/**
 * Says to the server every half minute that a lesson is open, so that it can measure the time. `playerOf()` returns its
 * video or sound, whose position is sent along.
 */
export class LessonVisit {
  #path
  #playerOf
  #scope = null
  #lastSign = 0

  constructor(path, playerOf) {
    this.#path = `${path}/visit`
    this.#playerOf = playerOf
  }

  start() {
    if (this.#scope) return
    this.#scope = new AbortController()
    const { signal } = this.#scope
    const noticed = () => { this.#lastSign = Date.now() }
    noticed()
    for (const type of signs) addEventListener(type, noticed, { signal, passive: true })
    document.addEventListener('visibilitychange', () => document.hidden ? this.#leave() : this.say(), { signal })
    addEventListener('pagehide', () => this.#leave(), { signal })
    const timer = setInterval(() => this.say(), every)
    signal.addEventListener('abort', () => clearInterval(timer))
    this.say()
  }

  end() {
    if (!this.#scope) return
    this.#scope.abort()
    this.#scope = null
    this.#leave()
  }

  /** One sign of life; if it does not arrive, the next one does. */
  say() {
    if (!this.#scope || document.hidden || !this.#isThere) return
    post(this.#path, this.#body, { quiet: true }).catch(() => { /* the next one tells */ })
  }

  get #isThere() {
    const player = this.#playerOf()
    return player && !player.paused || Date.now() - this.#lastSign < patience
  }

  get #body() {
    const player = this.#playerOf()
    if (!player?.currentTime) return {}
    return { position: player.ended ? 0 : Math.floor(player.currentTime) }
  }

  /** Arrives also when the page is closed. */
  #leave() {
    const body = JSON.stringify({ ...this.#body, leaving: true })
    navigator.sendBeacon(this.#path, new Blob([body], { type: 'application/json' }))
  }
}
