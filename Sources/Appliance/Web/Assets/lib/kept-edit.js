import { editOf, keepEdit } from './edit-drafts.js'

/** How long after a change it is kept, in milliseconds. */
const pause = 300

/** What somebody edits and has not saved, kept in this tab. */
export class KeptEdit {
  /** What was kept when the page was opened; null for nothing. */
  value = null
  #place
  #read
  #timer = 0

  /** `read()` answers what is edited now, or null when there is nothing to keep. */
  constructor(place, read) {
    this.#place = place
    this.#read = read
  }

  open() { this.value = editOf(this.#place) }

  soon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.now(), pause)
  }

  /** Keeps a change that waits for its pause. */
  now() {
    const edit = this.#timer ? this.#read() : null
    if (!edit) return
    this.#stop()
    keepEdit(this.#place, edit)
  }

  forget() {
    this.#stop()
    this.value = null
    keepEdit(this.#place, null)
  }

  #stop() {
    clearTimeout(this.#timer)
    this.#timer = 0
  }
}
