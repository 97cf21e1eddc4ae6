import { get } from '../lib/api.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { queryOf } from '../lib/people.js'
import { Combobox } from './combobox.js'

/** Chooses a topic that the reader moderates, another one than `topic`. `value` is the topic, or null. */
class TopicPicker extends Combobox {
  static observedAttributes = ['topic', 'error']

  get value() { return this.chosen[0] ?? null }
  focus() { this.box.focus() }

  view() {
    const label = t('forum.mergeInto')
    const error = this.getAttribute('error')
    return html`
      <div class="field ${error ? 'field-wrong' : ''}"><label for="topic-picker">${label}</label>
        ${this.chosenList(label)}
        ${this.searchBox({ id: 'topic-picker', label, placeholder: t('forum.search'), isWrong: Boolean(error) })}
        <p class="field-error" aria-live="polite">${error}</p></div>`
  }

  get isSingle() { return true }
  keyOf({ id }) { return id }
  labelOf({ title }) { return title }
  chosenMarkup({ title }) { return html`<span>${title}</span>` }
  optionMarkup({ title, categoryName }) {
    return html`<strong>${title}</strong><small>${categoryName}</small>`
  }

  async search(query) {
    if (!query) return []
    const found = await get('/api/forum/topics' + queryOf({ q: query, limit: 20 }), { signal: this.signal })
    return found.filter(({ id, may, status }) =>
      id !== this.getAttribute('topic') && may.includes('moderate') && status === 'published').slice(0, 8)
  }
}

customElements.define('topic-picker', TopicPicker)
