import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const typingRests = 180

/**
 * The base of fields that choose one or several search results (the combobox pattern of ARIA). A subclass
 * defines `search(query)`, which resolves to the results; `keyOf`, `labelOf`, `optionMarkup` and
 * `chosenMarkup` of a result; and `isSingle`, if a choice replaces the previous one. `picked()` is called
 * when the user has changed the choice.
 */
export class Combobox extends ViewElement {
  chosen = []
  #found = []
  #active = 0
  #rest = null
  #asked = 0

  connected() {
    this.listen(this, 'keydown', event => { if (event.target === this.box) this.#pressed(event) })
    this.listen(this, 'focusout', event => { if (!this.contains(event.relatedTarget)) this.close() })
    this.listen(this, 'mousedown', event => { if (event.target.closest('[role=option]')) event.preventDefault() })
  }

  get box() { return this.querySelector('input[role=combobox]') }
  isChosen(one) { return this.chosen.some(other => this.keyOf(other) === this.keyOf(one)) }
  picked() {}

  chosenList(label) {
    if (!this.chosen.length) return null
    return html`<ul class="picked" aria-label="${label}">${this.chosen.map(one => html`
      <li data-key="chosen-${this.keyOf(one)}">${this.chosenMarkup(one)}<button type="button"
        data-click="drop" data-chosen="${this.keyOf(one)}"
        aria-label="${t('picker.remove', { name: this.labelOf(one) })}">
        ${icon('close')}</button></li>`)}</ul>`
  }

  /** The input, whose id is `id`, with the list of results below it; `isWrong` while its field has an error. */
  searchBox({ id, label, placeholder, isWrong = false }) {
    return html`
      <div class="picker-box"><input class="input" data-key="box" id="${id}" type="text" role="combobox"
        data-input="typed" placeholder="${placeholder}" autocomplete="off" spellcheck="false"
        aria-expanded="${this.#found.length ? 'true' : 'false'}" aria-controls="${id}-list"
        aria-autocomplete="list" ${isWrong && html`aria-invalid="true"`} ${this.#found.length
          && html`aria-activedescendant="${id}-${this.#active}"`}>
      <ul class="choices" id="${id}-list" role="listbox" aria-label="${label}"
        ?hidden=${!this.#found.length}>${this.#found.map((one, index) => html`
        <li class="choice" id="${id}-${index}" role="option" data-click="choose" data-index="${index}"
          aria-selected="${index === this.#active ? 'true' : 'false'}">${this.optionMarkup(one)}
          </li>`)}</ul></div>
      <p class="visually-hidden" role="status">
        ${this.#found.length > 0 && t('compose.choices', { count: this.#found.length })}</p>`
  }

  typed(_, input) {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.ask(input.value.trim()), typingRests)
  }

  /** Searches and shows the results; none after an error, because the next input searches again. */
  async ask(query) {
    const asked = this.#asked += 1
    const found = await this.search(query).catch(() => [])
    if (asked !== this.#asked) return
    this.#found = found.filter(one => !this.isChosen(one))
    this.#active = 0
    this.update()
  }

  close() {
    clearTimeout(this.#rest)
    this.#asked += 1
    this.#found = []
    this.update()
  }

  choose(_, { dataset: { index } }) { this.#take(this.#found[index]) }
  drop(_, { dataset: { chosen } }) { this.#remove(this.chosen.filter(one => String(this.keyOf(one)) !== chosen)) }

  #pressed(event) {
    if (event.isComposing) return
    const count = this.#found.length
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && count) this.#active = (this.#active + step + count) % count
    else if (event.key === 'Enter' && count) this.#take(this.#found[this.#active])
    else if (event.key === 'Enter' && this.box.value.trim()) { /* results are being fetched: the form is not submitted */ }
    else if (event.key === 'Escape' && count) this.close()
    else if (event.key === 'Backspace' && !this.box.value && this.chosen.length) this.#remove(this.chosen.slice(0, -1))
    else return
    event.preventDefault()
    event.stopPropagation()
    this.update()
  }

  #take(one) {
    if (!one) return this.close()
    this.chosen = [...this.isSingle ? [] : this.chosen, one]
    this.box.value = ''
    this.close()
    this.box.focus()
    this.picked()
  }

  #remove(left) {
    this.chosen = left
    this.update()
    this.box.focus()
    this.picked()
  }
}
