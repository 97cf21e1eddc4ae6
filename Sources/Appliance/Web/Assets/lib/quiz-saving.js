import { patch } from './api.js'

const rests = 700
const again = 4000

/**
 * Saves the answers of an open attempt soon after each change, one request after the other. `state` is "saved", "saving" or
 * "unsaved" (it is tried again); `changed()` is called when it changes, `refused(error)` when the server takes no more.
 */
export class QuizSaving {
  state = 'saved'
  #path
  #attempt
  #answersOf
  #changed
  #refused
  #timer = null
  #isUnder = false
  #isDue = false
  #isOver = false

  constructor(quiz, attempt, { answersOf, changed, refused }) {
    this.#path = `/api/quizzes/${encodeURIComponent(quiz)}/attempt`
    this.#attempt = attempt
    this.#answersOf = answersOf
    this.#changed = changed
    this.#refused = refused
  }

  /** After a change of an answer. */
  touched(pause = rests) {
    if (this.#isOver) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), pause)
    this.#say('saving')
  }

  /** Saves at once what is not saved yet, also when the page is closed. */
  flush() {
    if (this.#timer === null || this.#isOver) return
    clearTimeout(this.#timer)
    this.#save()
  }

  /** No more is saved. */
  end() {
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#timer = null
  }

  async #save() {
    this.#timer = null
    if (this.#isUnder) return void (this.#isDue = true)
    this.#isUnder = true
    try {
      await patch(this.#path, { answers: this.#answersOf(), attemptId: this.#attempt })
      if (this.#timer === null && !this.#isDue) this.#say('saved')
    } catch (error) {
      this.#fail(error)
    }
    this.#isUnder = false
    if (this.#isDue && !this.#isOver) {
      this.#isDue = false
      this.#save()
    }
  }

  #fail(error) {
    if (this.#isOver) return
    if (error.status >= 400 && error.status < 500 && error.status !== 429) {
      if (error.status !== 400) this.end()
      return this.#refused(error)
    }
    this.touched(again)
    this.#say('unsaved')
  }

  #say(state) {
    if (state === this.state) return
    this.state = state
    this.#changed()
  }
}
