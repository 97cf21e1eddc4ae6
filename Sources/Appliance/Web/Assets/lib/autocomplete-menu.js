import { choicesFor, closedEmoji, completed, typedWord } from './autocomplete.js'
import { usedEmoji } from './emoji.js'
import { isHere } from './presence.js'
import { replaceIn, retype } from './text-box.js'
import { session } from './session.js'

/**
 * The menu of completions while a mention or an emoji is typed: `choices`, and the index `active` of the
 * selected one.
 */
export class AutocompleteMenu {
  choices = []
  active = 0
  #word = null
  #given = null
  #changed

  constructor(changed) { this.#changed = changed }

  get isOpen() { return this.choices.length > 0 }

  /**
   * Updates the menu for the word before the caret. `source` knows the people (`people()`) and finds more of them:
   * `find(query, again, {isCurrent, count})`; null when nobody is mentioned here. `mayCallEveryone`: @everyone is offered.
   */
  look(box, source, mayCallEveryone = false) {
    const word = box.selectionStart === box.selectionEnd ? typedWord(box.value, box.selectionStart) : null
    if (word?.start !== this.#given) this.#given = null
    if (!word || !source || this.#given !== null) return this.shut()
    const same = this.#word?.start === word.start && this.#word.query === word.query
    if (!same) this.#word = word
    this.choices = choicesFor(word, { people: this.#without(source.people()), isHere, mayCallEveryone })
    if (!same) this.active = 0
    this.active = Math.min(this.active, Math.max(0, this.choices.length - 1))
    this.#changed()
    if (word.kind !== 'mention' || same) return
    const isCurrent = () => box.isConnected && document.activeElement === box && this.#word === word
    const again = () => { if (isCurrent()) this.look(box, source, mayCallEveryone) }
    source.find(word.query, again, { isCurrent, count: () => this.choices.length })
      .catch(() => { /* the menu shows what is already known */ })
  }

  /** Each person once, without the user. */
  #without(people) {
    const byId = new Map(people.map(person => [String(person.id), person]))
    byId.delete(String(session.get().user?.id))
    return [...byId.values()]
  }

  shut() {
    if (!this.#word && !this.choices.length) return
    this.#word = null
    this.choices = []
    this.active = 0
    this.#changed()
  }

  /** Handles a key of the open menu; returns whether it was one. */
  press(event, box) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
    const { key, shiftKey } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(key === 'ArrowDown' ? 1 : -1)
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) this.apply(this.active, box)
    else if (key === 'Escape') {
      this.#given = this.#word.start
      this.shut()
    } else return false
    event.preventDefault()
    return true
  }

  #move(step) {
    this.active = (this.active + step + this.choices.length) % this.choices.length
    this.#changed()
  }

  /** Replaces the typed word by a choice. */
  apply(index, box) {
    const choice = this.choices[index]
    const word = this.#word
    if (!choice || !word) return
    const { text, caret } = completed(box.value, word, choice.insert)
    if (choice.kind === 'emoji') usedEmoji(choice.insert)
    this.shut()
    retype(box, text, caret)
  }
}

/** Replaces `:tada:` by its emoji when the closing colon is typed. */
export function closeEmoji(box, { data }) {
  if (data !== ':' || box.selectionStart !== box.selectionEnd) return
  const closed = closedEmoji(box.value, box.selectionStart)
  if (!closed) return
  usedEmoji(closed.emoji)
  replaceIn(box, closed.start, closed.end, closed.emoji)
}
