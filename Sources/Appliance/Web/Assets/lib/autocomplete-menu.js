import { fetchMembers, findInDirectory, membersOf } from './chat-people.js'
import { choicesFor, closedEmoji, completed, typedWord } from './autocomplete.js'
import { usedEmoji } from './emoji.js'
import { isHere } from './presence.js'
import { replaceIn, retype } from './text-box.js'
import { session } from './session.js'

const typingRests = 150
/** With as many of the channel itself, the directory is not asked. */
const enough = 4

/** What is offered while a mention or an emoji is typed into a box: `choices`, and which one is `active`. */
export class AutocompleteMenu {
  choices = []
  active = 0
  #word = null
  #given = null
  #further = []
  #changed

  constructor(changed) { this.#changed = changed }

  get isOpen() { return this.choices.length > 0 }

  /** Looks at what stands before the caret; `mayCallEveryone` says whether @everyone is offered. */
  look(box, channel, mayCallEveryone) {
    const word = box.selectionStart === box.selectionEnd ? typedWord(box.value, box.selectionStart) : null
    if (word?.start !== this.#given) this.#given = null
    if (!word || !channel || this.#given !== null) return this.shut()
    const same = this.#word?.start === word.start && this.#word.query === word.query
    if (!same) this.#word = word
    this.choices = choicesFor(word, { people: this.#peopleOf(channel), isHere, mayCallEveryone })
    if (!same) this.active = 0
    this.active = Math.min(this.active, Math.max(0, this.choices.length - 1))
    this.#changed()
    if (word.kind === 'mention' && !same) this.#fetch(word, channel, () => {
      if (box.isConnected && document.activeElement === box && this.#word === word) this.look(box, channel, mayCallEveryone)
    })
  }

  /** Whom one may mean: the people of the channel, and in a public one everybody else who was found. */
  #peopleOf(channel) {
    const people = new Map([...this.#further, ...membersOf(channel.id) ?? []].map(person => [String(person.id), person]))
    people.delete(String(session.get().user?.id))
    return [...people.values()]
  }

  async #fetch(word, channel, again) {
    const before = membersOf(channel.id)
    try {
      if (await fetchMembers(channel.id) !== before) again()
      if (channel.type !== 'public' || !word.query || this.choices.length >= enough) return
      await new Promise(resolve => setTimeout(resolve, typingRests))
      if (this.#word !== word) return
      this.#further = await findInDirectory(word.query)
      again()
    } catch { /* what is known already is offered */ }
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

  /** Puts a choice into the text. */
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

/** `:tada:` becomes its emoji as its last colon is typed. */
export function closeEmoji(box, { data }) {
  if (data !== ':' || box.selectionStart !== box.selectionEnd) return
  const closed = closedEmoji(box.value, box.selectionStart)
  if (!closed) return
  usedEmoji(closed.emoji)
  replaceIn(box, closed.start, closed.end, closed.emoji)
}
