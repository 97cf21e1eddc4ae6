import './people-picker.js'
import { get } from '../lib/api.js'
import { goToMessage } from '../lib/channel-actions.js'
import { plainText } from '../lib/chat/markdown.js'
import { channelOf, channelTitle, chat } from '../lib/chat/store.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { marked } from '../lib/marked.js'
import { PanelElement } from '../lib/panel-element.js'
import { queryOf } from '../lib/people.js'
import { emptyState } from './empty-state.js'
import { foundHead } from './found-head.js'
import { briefly, loadable, moreButton } from './loadable.js'

const pageSize = 30
const typingRests = 250

/** The panel that searches the messages of all channels that the user may read. */
class ChatSearch extends PanelElement {
  #results = null
  #more = false
  #error = null
  #busy = false
  #asked = 0
  #typing = null
  #wishes = { q: '', channel: '', author: '' }

  get panelName() { return 'search' }
  get titleKey() { return 'search.title' }

  connected() {
    super.connected()
    this.watch(chat, () => { if (this.isShown) this.update() })
    this.listen(this, 'people-picked', event => this.#wish({ author: event.target.value.at(-1)?.id ?? '' }))
  }

  inside() {
    const channels = chat.get().channels.filter(({ archived }) => !archived)
    return html`
      <form class="panel-form" role="search" data-key="form" data-submit="ask">
        <div class="filter">${icon('search')}<input class="input" type="search" id="chat-search" data-focus
          data-input="typed" aria-label="${t('search.label')}" placeholder="${t('search.label')}"
          autocomplete="off" spellcheck="false"></div>
        <details class="search-more" data-key="more"><summary>${t('search.filters')}</summary>
          <div class="field"><label for="search-channel">
            ${t('search.channel')}</label><select class="input" id="search-channel" data-change="chosen">
            <option value="">${t('search.everywhere')}</option>
            ${channels.map(channel => html`<option value="${channel.id}">
              ${channelTitle(channel)}</option>`)}</select></div>
          <people-picker data-key="author" name="author" single label="${t('search.author')}"></people-picker>
          </details>
      </form>
      <div class="search-results" data-key="results" aria-live="polite"
        aria-busy="${this.#busy ? 'true' : 'false'}">${this.#found()}</div>`
  }

  #found() {
    return loadable({ value: this.#error ? null : this.#results, error: this.#error }, results => this.#rows(results), {
      waiting: html`<p class="quiet panel-hint">${t('search.hint')}</p>`, failed: briefly,
      empty: emptyState({ icon: 'search', title: t('search.none'), text: t('search.noneText') }),
    })
  }

  #rows(results) {
    return html`
      <ul class="founds">${results.map(({ message, channelName, snippet }) => html`
        <li class="found" data-key="found-${message.id}">
          ${foundHead({ id: message.authorId, name: message.authorName }, message.createdAt)}
          <button type="button" class="found-place" data-click="jump" data-id="${message.id}">
            <span class="found-text">${marked(plainText(snippet
              ?? message.text))}</span><small>${this.#where(message.channel, channelName)}</small></button>
              </li>`)}</ul>
      ${moreButton({ more: this.#more, busy: this.#busy })}`
  }

  #where(id, name) {
    const channel = channelOf(id)
    return channel?.type === 'direct' ? t('search.with', { name: channelTitle(channel) }) : `#${channel?.name ?? name}`
  }

  typed(_, input) {
    this.#wishes.q = input.value.trim()
    clearTimeout(this.#typing)
    this.#typing = setTimeout(() => this.#ask(), typingRests)
  }

  ask(event) {
    event.preventDefault()
    this.#wish({})
  }

  chosen(_, select) { this.#wish({ channel: select.value }) }

  #wish(wishes) {
    Object.assign(this.#wishes, wishes)
    clearTimeout(this.#typing)
    this.#ask()
  }

  older() { this.#ask(this.#results.at(-1).message.id) }

  async #ask(before) {
    const asked = this.#asked += 1
    if (!this.#wishes.q) {
      this.#results = this.#error = null
      this.#busy = false
      return this.update()
    }
    this.#busy = true
    this.update()
    try {
      const found = await get('/api/chat/search' + queryOf({ ...this.#wishes, before, limit: pageSize }), { signal: this.signal })
      if (asked !== this.#asked) return
      this.#results = before ? [...this.#results, ...found] : found
      this.#more = found.length >= pageSize
      this.#error = null
    } catch (error) {
      if (asked !== this.#asked || error.name === 'AbortError') return
      this.#error = error
    }
    this.#busy = false
    this.update()
  }

  jump(_, { dataset: { id } }) {
    const { message } = this.#results.find(one => one.message.id === id)
    if (matchMedia('(max-width: 60rem)').matches) this.shut()
    goToMessage(message)
  }
}

customElements.define('chat-search', ChatSearch)
