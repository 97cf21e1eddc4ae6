import { ViewElement } from '../lib/element.js'
import { findInDirectory } from '../lib/chat-people.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { nameOf } from '../lib/people.js'
import { isHere } from '../lib/presence.js'
import { face } from './presence-list.js'

const typingRests = 180

/**
 * Chooses people of the directory. Attributes: `label`, `name`, and `single`, with which a choice replaces
 * the previous one. `without(person)` excludes people; `value` is the list of those chosen, which can be set, `clear()` empties
 * it. Dispatches `people-picked`.
 */
class PeoplePicker extends ViewElement {
  static observedAttributes = ['label']
  without = () => false
  #chosen = []
  #found = []
  #active = 0
  #rest = null
  #asked = 0

  connected() {
    this.listen(this, 'keydown', event => { if (event.target === this.box) this.#pressed(event) })
    this.listen(this, 'focusout', event => { if (!this.contains(event.relatedTarget)) this.#shut() })
    this.listen(this, 'mousedown', event => { if (event.target.closest('[role=option]')) event.preventDefault() })
  }

  get box() { return this.querySelector('input[role=combobox]') }
  get value() { return this.#chosen }
  set value(people) {
    this.#chosen = people
    this.update()
  }
  focus() { this.box.focus() }

  clear() {
    this.#chosen = []
    this.#shut()
    if (this.box) this.box.value = ''
    this.update()
  }

  view() {
    const name = this.getAttribute('name') ?? 'members'
    const label = this.getAttribute('label') ?? t('picker.label')
    return html`
      <div class="field"><label for="picker-${name}">${label}</label>
        ${this.#chosen.length > 0 && html`<ul class="picked" aria-label="${t('picker.chosen')}">
          ${this.#chosen.map(person => html`
          <li data-key="picked-${person.id}">
            ${face(person)}<span>${nameOf(person)}</span><button type="button" data-click="drop"
              data-id="${person.id}" aria-label="${t('picker.remove', { name: nameOf(person) })}">
              ${icon('close')}</button></li>`)}</ul>`}
        <div class="picker-box"><input class="input" data-key="box" id="picker-${name}" type="text"
          role="combobox" data-input="typed" placeholder="${t('picker.placeholder')}" autocomplete="off"
          spellcheck="false"
          aria-expanded="${this.#found.length ? 'true' : 'false'}" aria-controls="picker-list-${name}"
          aria-autocomplete="list" ${this.#found.length
            && html`aria-activedescendant="pick-${name}-${this.#active}"`}>
        <ul class="choices" id="picker-list-${name}" role="listbox" aria-label="${label}"
          ?hidden=${!this.#found.length}>${this.#found.map((person, index) => html`
          <li class="choice" id="pick-${name}-${index}" role="option" data-click="choose"
            data-index="${index}" aria-selected="${index === this.#active ? 'true' : 'false'}">
            <span class="choice-face">${face(person)}${isHere(person.id)
              && html`<i class="dot"
                data-live></i>`}</span><strong>${nameOf(person)}</strong><small>@${person.username}</small>
                </li>`)}</ul></div>
        <p class="visually-hidden" role="status">
          ${this.#found.length > 0 && t('compose.choices', { count: this.#found.length })}</p>
      </div>`
  }

  typed(_, input) {
    clearTimeout(this.#rest)
    const query = input.value.trim()
    if (!query) return this.#shut()
    this.#rest = setTimeout(() => this.#ask(query), typingRests)
  }

  async #ask(query) {
    const asked = this.#asked += 1
    try {
      const found = await findInDirectory(query, { signal: this.signal })
      if (asked !== this.#asked) return
      this.#found = found.filter(one => !this.without(one) && !this.#chosen.some(({ id }) => id === one.id)).slice(0, 8)
      this.#active = 0
      this.update()
    } catch { /* the next input searches again */ }
  }

  #shut() {
    clearTimeout(this.#rest)
    this.#asked += 1
    this.#found = []
    this.update()
  }

  #pressed(event) {
    if (event.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && this.#found.length) this.#active = (this.#active + step + this.#found.length) % this.#found.length
    else if (event.key === 'Enter' && this.#found.length) this.#pick(this.#active)
    else if (event.key === 'Enter' && this.box.value.trim()) { /* results are being fetched: the form is not submitted */ }
    else if (event.key === 'Escape' && this.#found.length) this.#shut()
    else if (event.key === 'Backspace' && !this.box.value && this.#chosen.length) this.#chosen = this.#chosen.slice(0, -1)
    else return
    event.preventDefault()
    event.stopPropagation()
    this.update()
  }

  choose(_, option) { this.#pick(Number(option.dataset.index)) }

  #pick(index) {
    this.#chosen = [...this.hasAttribute('single') ? [] : this.#chosen, this.#found[index]]
    this.box.value = ''
    this.#shut()
    this.box.focus()
    this.#publish()
  }

  drop(_, { dataset: { id } }) {
    this.#chosen = this.#chosen.filter(one => String(one.id) !== id)
    this.update()
    this.box.focus()
    this.#publish()
  }

  #publish() { this.dispatchEvent(new CustomEvent('people-picked', { bubbles: true })) }
}

customElements.define('people-picker', PeoplePicker)
