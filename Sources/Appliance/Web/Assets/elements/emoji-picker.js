import { ViewElement } from '../lib/element.js'
import { allEmoji, findEmoji, nameOfEmoji, recentEmoji, usedEmoji } from '../lib/emoji.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const groups = ['faces', 'gestures', 'hearts', 'nature', 'food', 'things', 'signs']

/** The emoji picker; one for the whole page: `pickEmoji(anchor)`. */
class EmojiPicker extends ViewElement {
  #answer = null
  #anchor = null
  #query = ''

  connected() {
    this.listen(this, 'toggle', event => { if (event.newState === 'closed') this.#end(null) }, { capture: true })
    this.listen(this, 'keydown', event => this.#pressed(event))
    this.listen(window, 'resize', () => this.#place())
  }

  disconnected() { this.#end(null) }

  get window() { return this.querySelector('.picker') }

  open(anchor) {
    this.#end(null)
    this.#anchor = anchor
    this.#query = ''
    const answer = new Promise(resolve => { this.#answer = resolve })
    this.draw()
    this.querySelector('.picker-search').value = ''
    this.window.showPopover()
    this.#place()
    this.querySelector('.picker-search').focus({ preventScroll: true })
    return answer
  }

  view() {
    return html`
      <section class="picker" popover role="dialog" aria-label="${t('emoji.title')}">${this.#answer && html`
        <div class="filter">${icon('search')}<input class="input picker-search" type="search"
          data-input="searched" aria-label="${t('emoji.search')}" placeholder="${t('emoji.search')}"
          autocomplete="off" spellcheck="false"></div>
        <div class="picker-list" tabindex="-1">${this.#query ? this.#found() : html`
          ${this.#group(t('emoji.recent'), recentEmoji(), 'recent')}
          ${groups.map(group => this.#group(t(`emoji.${group}`),
            allEmoji.filter(one => one.group === group).map(one => one.emoji), group))}`}</div>`}
      </section>`
  }

  #found() {
    const found = findEmoji(this.#query, 60)
    return found.length ? this.#group(t('emoji.found'), found.map(one => one.emoji), 'found')
      : html`<p class="picker-none" role="status">${t('emoji.none')}</p>`
  }

  #group(title, list, key) {
    return html`<section data-key="${key}"><h3>${title}</h3><div class="picker-grid">${list.map(emoji => html`
      <button type="button" tabindex="-1" data-click="pick" data-emoji="${emoji}"
        aria-label="${nameOfEmoji(emoji)}" title="${nameOfEmoji(emoji)}">${emoji}</button>`)}</div></section>`
  }

  searched(_, input) {
    this.#query = input.value.trim()
    this.update()
  }

  pick(_, button) { this.#choose(button.dataset.emoji) }

  #choose(emoji) {
    usedEmoji(emoji)
    this.#end(emoji)
  }

  #end(emoji) {
    const answer = this.#answer
    this.#answer = null
    if (this.window?.matches(':popover-open')) this.window.hidePopover()
    answer?.(emoji)
    if (answer) this.update()
  }

  /** Puts one emoji into the tab order: the focused one, or the first. */
  drawn() {
    const buttons = [...this.querySelectorAll('[data-emoji]')]
    const stop = buttons.find(one => one === document.activeElement) ?? buttons[0]
    for (const one of buttons) one.tabIndex = one === stop ? 0 : -1
  }

  #focus(button, buttons) {
    for (const one of buttons) one.tabIndex = one === button ? 0 : -1
    button.focus()
  }

  #pressed(event) {
    const buttons = [...this.querySelectorAll('[data-emoji]')]
    const at = buttons.indexOf(document.activeElement)
    const search = this.querySelector('.picker-search')
    if (event.key === 'Enter' && at < 0 && buttons.length && this.#query) {
      event.preventDefault()
      return this.#choose(buttons[0].dataset.emoji)
    }
    if (at < 0 && event.key !== 'ArrowDown') return
    const next = nextOf(buttons, at, event.key)
    if (next === undefined) return
    event.preventDefault()
    if (next) this.#focus(next, buttons)
    else search.focus()
  }

  /** Places the picker above its anchor, or below where there is no room, within the window. */
  #place() {
    if (!this.#anchor?.isConnected || !this.window.matches(':popover-open')) return
    const { left, right, top, bottom } = this.#anchor.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = this.window
    const above = top - height - 8
    const y = above >= 8 ? above : Math.min(bottom + 8, innerHeight - height - 8)
    const x = Math.max(8, Math.min(right - width, innerWidth - width - 8, left))
    Object.assign(this.window.style, { left: `${x}px`, top: `${Math.max(8, y)}px` })
  }
}

/** The button that a key moves to; null: the search field; undefined: the key has no meaning here. */
function nextOf(buttons, at, key) {
  if (key === 'ArrowRight') return buttons[Math.min(at + 1, buttons.length - 1)]
  if (key === 'ArrowLeft') return buttons[at - 1] ?? null
  if (key === 'Home') return buttons[0]
  if (key === 'End') return buttons.at(-1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined
  if (at < 0) return buttons[0]
  const { left, top } = buttons[at].getBoundingClientRect()
  const rows = key === 'ArrowDown' ? buttons.slice(at + 1) : buttons.slice(0, at).reverse()
  const beyond = rows.filter(one => Math.abs(one.getBoundingClientRect().top - top) > 4)
  const row = beyond.length && beyond[0].getBoundingClientRect().top
  const line = beyond.filter(one => Math.abs(one.getBoundingClientRect().top - row) < 4)
  line.sort((one, other) => Math.abs(one.getBoundingClientRect().left - left) - Math.abs(other.getBoundingClientRect().left - left))
  return line[0] ?? (key === 'ArrowUp' ? null : buttons[at])
}

customElements.define('emoji-picker', EmojiPicker)
