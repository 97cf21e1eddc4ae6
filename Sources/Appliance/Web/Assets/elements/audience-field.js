import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const typingRests = 180

/**
 * Chooses whom something is for: departments, roles, categories and people; everyone if none is chosen. A field of the
 * surrounding form: `name`, `label`, `error`, and `value`, the JSON list of targets that its hidden input has. With
 * `person`, one person at most, and the value is their id.
 */
class AudienceField extends ViewElement {
  static observedAttributes = ['label', 'error']
  #chosen = []
  #found = []
  #active = 0
  #rest = null
  #asked = 0

  connected() {
    this.listen(this, 'keydown', event => { if (event.target === this.box) this.#pressed(event) })
    this.listen(this, 'focusout', event => { if (!this.contains(event.relatedTarget)) this.#shut() })
    this.listen(this, 'focusin', event => { if (event.target === this.box) this.#ask(this.box.value.trim()) })
    this.listen(this, 'mousedown', event => { if (event.target.closest('[role=option]')) event.preventDefault() })
    const value = this.getAttribute('value')
    this.#restore(this.#isPerson ? value ? [`user:${value}`] : [] : JSON.parse(value || '[]'))
  }

  get #isPerson() { return this.hasAttribute('person') }

  get #value() {
    const targets = this.#chosen.map(({ target }) => target)
    return this.#isPerson ? targets[0]?.slice('user:'.length) ?? '' : JSON.stringify(targets)
  }

  /** What the empty field says. */
  get #invitation() {
    if (this.#isPerson) return t(this.#chosen.length ? 'audience.another' : 'audience.search')
    return t(this.#chosen.length ? 'audience.more' : 'audience.everyone')
  }

  get box() { return this.querySelector('input[role=combobox]') }

  async #restore(targets) {
    this.#chosen = targets.map(target => ({ target, label: target.slice(target.indexOf(':') + 1) }))
    this.update()
    if (!targets.length) return
    const named = await get(`/api/readers?targets=${encodeURIComponent(JSON.stringify(targets))}`).catch(() => [])
    this.#chosen = this.#chosen.map(one => named.find(({ target }) => target === one.target) ?? one)
    this.update()
  }

  view() {
    const name = this.getAttribute('name')
    const label = this.getAttribute('label')
    const error = this.getAttribute('error')
    return html`
      <div class="field ${error ? 'field-wrong' : ''}"><label for="audience-${name}">${label}</label>
        <input type="hidden" name="${name}"
          value="${this.#value}">
        <ul class="picked" aria-label="${t('audience.chosen')}" ?hidden=${!this.#chosen.length}>
          ${this.#chosen.map(one => html`<li data-key="${one.target}"><span>${one.label}</span>
          <button type="button" data-click="drop" data-target="${one.target}"
            aria-label="${t('picker.remove', { name: one.label })}">${icon('close')}</button></li>`)}</ul>
        <div class="picker-box"><input class="input" data-key="box" id="audience-${name}" type="text"
          role="combobox" data-input="typed" autocomplete="off" spellcheck="false"
          placeholder="${this.#invitation}"
          aria-expanded="${this.#found.length ? 'true' : 'false'}" aria-controls="audience-list-${name}"
          aria-autocomplete="list" ${this.#found.length
            && html`aria-activedescendant="audience-${name}-${this.#active}"`}>
        <ul class="choices" id="audience-list-${name}" role="listbox" aria-label="${label}"
          ?hidden=${!this.#found.length}>${this.#found.map((one, index) => html`
          <li class="choice" id="audience-${name}-${index}" role="option" data-click="choose"
            data-index="${index}" aria-selected="${index === this.#active ? 'true' : 'false'}">
            <strong>${one.label}</strong><small>${t(`audience.kind.${one.kind}`)}</small></li>`)}</ul></div>
        ${!this.#isPerson && html`<p class="field-hint">${t('audience.hint')}</p>`}
        <p class="field-error" aria-live="polite">${error}</p>
      </div>`
  }

  typed(_, input) {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#ask(input.value.trim()), typingRests)
  }

  async #ask(query) {
    const asked = this.#asked += 1
    const found = await get(`/api/readers?q=${encodeURIComponent(query)}`).catch(() => [])
    if (asked !== this.#asked || document.activeElement !== this.box) return
    this.#found = found.filter(({ target, kind }) => (!this.#isPerson || kind === 'user')
      && !this.#chosen.some(one => one.target === target))
    this.#active = 0
    this.update()
  }

  #pressed(event) {
    const count = this.#found.length
    if (event.key === 'Backspace' && !this.box.value && this.#chosen.length) {
      this.#chosen = this.#chosen.slice(0, -1)
      return this.update()
    }
    if (!count) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      return this.#shut()
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) this.#active = (this.#active + step + count) % count
    else if (event.key === 'Enter') this.#take(this.#found[this.#active])
    else return
    event.preventDefault()
    this.update()
  }

  choose(_, { dataset: { index } }) { this.#take(this.#found[index]) }

  drop(_, { dataset: { target } }) {
    this.#chosen = this.#chosen.filter(one => one.target !== target)
    this.update()
    this.box.focus()
  }

  #take(one) {
    if (one) this.#chosen = this.#isPerson ? [one] : [...this.#chosen, one]
    this.box.value = ''
    this.#shut()
    this.update()
  }

  #shut() {
    clearTimeout(this.#rest)
    this.#asked += 1
    if (!this.#found.length) return
    this.#found = []
    this.update()
  }
}

customElements.define('audience-field', AudienceField)
