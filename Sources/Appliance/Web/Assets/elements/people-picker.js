import { bestFirst, findInDirectory } from '../lib/chat-people.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { nameOf } from '../lib/people.js'
import { isHere } from '../lib/presence.js'
import { Combobox } from './combobox.js'
import { face } from './presence-list.js'

/**
 * Chooses people of the directory. Attributes: `label`, `name`, and `single`, if a choice replaces the
 * previous one. `without(person)` excludes people; `value` is the list of chosen people and can be set;
 * `clear()` empties it. Dispatches `people-picked`.
 */
class PeoplePicker extends Combobox {
  static observedAttributes = ['label']
  without = () => false

  get value() { return this.chosen }
  set value(people) {
    this.chosen = people
    this.update()
  }
  focus() { this.box.focus() }

  clear() {
    this.chosen = []
    if (this.box) this.box.value = ''
    this.close()
  }

  view() {
    const name = this.getAttribute('name') ?? 'members'
    const label = this.getAttribute('label') ?? t('picker.label')
    return html`
      <div class="field"><label for="picker-${name}">${label}</label>
        ${this.chosenList(t('picker.chosen'))}
        ${this.searchBox({ id: `picker-${name}`, label, placeholder: t('picker.placeholder') })}
      </div>`
  }

  get isSingle() { return this.hasAttribute('single') }
  keyOf(person) { return person.id }
  labelOf(person) { return nameOf(person) }
  chosenMarkup(person) { return html`${face(person)}<span>${nameOf(person)}</span>` }

  optionMarkup(person) {
    return html`<span class="choice-face">${face(person)}${isHere(person.id)
      && html`<i class="dot" data-live></i>`}</span><strong>${nameOf(person)}</strong>
      <small>@${person.username}</small>`
  }

  async search(query) {
    const found = query ? await findInDirectory(query, { signal: this.signal }) : []
    return bestFirst(found.filter(one => !this.without(one) && !this.isChosen(one)), query).slice(0, 8)
  }

  picked() { this.dispatchEvent(new CustomEvent('people-picked', { bubbles: true })) }
}

customElements.define('people-picker', PeoplePicker)
