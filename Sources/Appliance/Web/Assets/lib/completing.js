import { fetchMembers, membersOf } from './chat-people.js'
import { choicesFor, closedEmoji, completed, typedWord } from './completion.js'
import { usedEmoji } from './emoji.js'
import { isHere } from './presence.js'
import { replaceIn, retype } from './text-box.js'
import { session } from './session.js'

/** What is offered while a mention or an emoji is typed into a box: `choices`, and which one is `active`. */
export class Completing {
  choices = []
  active = 0
  #word = null
  #given = null
  #changed

  constructor(changed) { this.#changed = changed }

  get isOpen() { return this.choices.length > 0 }

  /** Looks at what stands before the caret; `mayCallEveryone` says whether @everyone is offered. */
  look(box, channel, mayCallEveryone) {
    const word = box.selectionStart === box.selectionEnd ? typedWord(box.value, box.selectionStart) : null
    if (word?.start !== this.#given) this.#given = null
    if (!word || this.#given !== null) return this.shut()
    if (word.kind === 'mention') this.#fetch(box, channel, mayCallEveryone)
    const people = (membersOf(channel) ?? []).filter(({ id }) => String(id) !== String(session.get().user?.id))
    const same = this.#word?.start === word.start && this.#word.query === word.query
    this.#word = word
    this.choices = choicesFor(word, { people, isHere, mayCallEveryone })
    if (!same) this.active = 0
    this.active = Math.min(this.active, Math.max(0, this.choices.length - 1))
    this.#changed()
  }

  async #fetch(box, channel, mayCallEveryone) {
    const before = membersOf(channel)
    try { if (await fetchMembers(channel) === before) return } catch { return }
    if (box.isConnected && document.activeElement === box && membersOf(channel) !== before) this.look(box, channel, mayCallEveryone)
  }

  shut() {
    if (!this.#word && !this.choices.length) return
    this.#word = null
    this.choices = []
    this.active = 0
    this.#changed()
  }

  /** Takes the keys that belong to the open list; tells whether it did. */
  press(event, box) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
    const { key, shiftKey } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(key === 'ArrowDown' ? 1 : -1)
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey) this.take(this.active, box)
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

  /** Puts a choice into the text. */
  take(index, box) {
    const choice = this.choices[index]
    const word = this.#word
    if (!choice || !word) return
    const { text, caret } = completed(box.value, word, choice.insert)
    if (choice.kind === 'emoji') usedEmoji(choice.insert)
    this.shut()
    retype(box, text, caret)
  }
}

/** `:tada:` becomes its emoji as its last colon is typed. */
export function closeEmoji(box, { data }) {
  if (data !== ':' || box.selectionStart !== box.selectionEnd) return
  const closed = closedEmoji(box.value, box.selectionStart)
  if (!closed) return
  usedEmoji(closed.emoji)
  replaceIn(box, closed.start, closed.end, closed.emoji)
}
