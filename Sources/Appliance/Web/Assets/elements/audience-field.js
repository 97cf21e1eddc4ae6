import { get } from '../lib/api.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Combobox } from './combobox.js'

/**
 * Chooses an audience: departments, roles, categories and people; everyone if none is chosen. A field of the
 * surrounding form: `name`, `label`, `error`, and `value`, the targets as a JSON list, which a hidden input
 * contains. With `person` it chooses at most one person, and the value is their id; with `people` any number, and the
 * value is the list of their ids. With `needed` an empty list is
 * not everyone, and is refused by the form.
 */
class AudienceField extends Combobox {
  static observedAttributes = ['label', 'error']

  connected() {
    super.connected()
    this.listen(this, 'focusin', event => { if (event.target === this.box) this.ask(this.box.value.trim()) })
    const value = this.getAttribute('value')
    const targets = this.isSingle ? value ? [value] : [] : JSON.parse(value || '[]')
    this.#restore(this.#isOfPeople ? targets.map(id => `user:${id}`) : targets)
  }

  get isSingle() { return this.hasAttribute('person') }

  get #isOfPeople() { return this.isSingle || this.hasAttribute('people') }

  get #value() {
    const targets = this.chosen.map(({ target }) => this.#isOfPeople ? target.slice('user:'.length) : target)
    return this.isSingle ? targets[0] ?? '' : JSON.stringify(targets)
  }

  /** The placeholder of the search box. */
  get #invitation() {
    if (this.#isOfPeople) return t(this.isSingle && this.chosen.length ? 'audience.another' : 'audience.search')
    if (this.hasAttribute('needed')) return t('audience.more')
    return t(this.chosen.length ? 'audience.more' : 'audience.everyone')
  }

  async #restore(targets) {
    this.chosen = targets.map(target => ({ target, label: target.slice(target.indexOf(':') + 1) }))
    this.update()
    if (!targets.length) return
    const named = await get(`/api/readers?targets=${encodeURIComponent(JSON.stringify(targets))}`).catch(() => [])
    this.chosen = this.chosen.map(one => named.find(({ target }) => target === one.target) ?? one)
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
        ${this.chosenList(t('audience.chosen'))}
        ${this.searchBox({ id: `audience-${name}`, label, placeholder: this.#invitation,
          isWrong: Boolean(error) })}
        ${!this.#isOfPeople && html`<p class="field-hint">${t(
          this.hasAttribute('needed') ? 'audience.hintNeeded' : 'audience.hint')}</p>`}
        <p class="field-error" aria-live="polite">${error}</p>
      </div>`
  }

  keyOf({ target }) { return target }
  labelOf({ label }) { return label }
  chosenMarkup({ label }) { return html`<span>${label}</span>` }

  optionMarkup({ label, kind }) {
    return html`<strong>${label}</strong><small>${t(`audience.kind.${kind}`)}</small>`
  }

  async search(query) {
    const found = await get(`/api/readers?q=${encodeURIComponent(query)}`)
    return found.filter(({ kind }) => !this.#isOfPeople || kind === 'user')
  }
}

customElements.define('audience-field', AudienceField)
