import { ViewElement } from '../lib/element.js'
import { get } from '../lib/api.js'
import { openPath, startDirect } from '../lib/channel-actions.js'
import { findInDirectory } from '../lib/chat-people.js'
import { plainText } from '../lib/chat/markdown.js'
import { channelTitle, chat } from '../lib/chat/store.js'
import { withDialog } from '../lib/dialogs.js'
import { folded } from '../lib/emoji.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { marked } from '../lib/marked.js'
import { pages } from '../lib/navigation.js'
import { isHere, presence } from '../lib/presence.js'
import { go } from '../lib/router.js'
import { singleton } from '../lib/singleton.js'
import { channelSign } from './channel-sign.js'
import { face } from './presence-list.js'

const typingRests = 180
const shown = 24
const mostPages = 4
const signs = {
  machines: 'machines', announcements: 'announce', documents: 'file', events: 'calendar', messages: 'inbox',
  complaints: 'request', contents: 'media', trainings: 'learn', courses: 'learn', lessons: 'learn', quizzes: 'learn',
  resources: 'link', chat: 'chat', 'forum-topics': 'forum', 'forum-posts': 'forum',
}

/** How well a name matches a query: 2 at its start, 1 at the start of a word, 0 anywhere, -1 not at all. */
function rankOf(name, wanted) {
  if (name.startsWith(wanted)) return 2
  if (name.split(/[\s.-]+/).some(word => word.startsWith(wanted))) return 1
  return name.includes(wanted) ? 0 : -1
}

/**
 * A dialog that finds and opens pages, channels, people and the results of the server's search:
 * `openSwitcher({people, query})`.
 */
class QuickSwitcher extends withDialog(ViewElement) {
  #isOpen = false
  #onlyPeople = false
  #query = ''
  #people = []
  #publics = []
  #hits = []
  #active = 0
  #rest = null
  #asked = 0

  connected() {
    this.watch(chat)
    this.watch(presence)
    this.listen(this, 'keydown', event => this.#pressed(event))
  }

  open({ people = false, query = '' } = {}) {
    this.#isOpen = true
    this.#onlyPeople = people
    this.#people = []
    this.#publics = []
    this.#hits = []
    this.draw()
    this.dialog.showModal()
    const input = this.querySelector('input')
    input.value = query
    input.focus()
    this.#ask(query, 0)
  }

  get #choices() {
    const wanted = folded(this.#query)
    const rank = name => rankOf(folded(name), wanted)
    const mine = this.#onlyPeople ? [] : chat.get().channels.filter(({ archived }) => !archived)
      .map(channel => ({ kind: 'channel', channel, id: channel.id, rank: rank(channelTitle(channel)) }))
      .filter(one => one.rank >= 0)
    const known = new Set(chat.get().channels.map(({ id }) => id))
    const publics = this.#publics.filter(channel => !known.has(channel.id) && rank(channel.name) >= 0)
      .map(channel => ({ kind: 'channel', channel, id: channel.id, isNew: true, rank: 0 }))
    const offered = new Set(mine.map(({ channel }) => String(channel.with?.id ?? '')))
    const people = this.#people.filter(({ id }) => !offered.has(String(id)))
      .map(person => ({ kind: 'person', person, id: person.id }))
    const channels = [...mine.sort((one, other) => other.rank - one.rank), ...publics]
    return [...this.#pages(rank), ...channels, ...people, ...this.#hits].slice(0, shown)
  }

  #pages(rank) {
    if (this.#onlyPeople || !this.#query) return []
    return pages().map(link => ({ kind: 'page', link, id: link.path, rank: rank(t(link.words)) }))
      .filter(one => one.rank > 0).slice(0, mostPages)
  }

  view() {
    const label = t(this.#onlyPeople ? 'switcher.people' : 'switcher.placeholder')
    const choices = this.#isOpen ? this.#choices : []
    const active = Math.min(this.#active, choices.length - 1)
    return html`
      <dialog class="dialog switcher"
        aria-label="${t(this.#onlyPeople ? 'channels.write' : 'switcher.title')}" data-click="backdrop"
        data-close="closed">${this.#isOpen && html`
        <div class="filter">${icon('search')}<input class="input" type="text" role="combobox"
          data-input="typed" aria-label="${label}" placeholder="${label}" autocomplete="off"
          spellcheck="false"
          aria-expanded="${choices.length ? 'true' : 'false'}" aria-controls="switcher-list"
          aria-autocomplete="list" ${active >= 0 && html`aria-activedescendant="switch-${active}"`}></div>
        <ul class="choices-plain" id="switcher-list" role="listbox" aria-label="${t('switcher.title')}">
          ${choices.map((choice, index) => html`
          <li class="choice" id="switch-${index}" role="option" data-click="chosen" data-index="${index}"
            aria-selected="${index === active ? 'true' : 'false'}">${this.#inside(choice)}</li>`)}</ul>
        <p class="channels-empty" role="status">${!choices.length && t('switcher.none')}</p>`}
      </dialog>`
  }

  #inside({ kind, channel, person, isNew, link, hit }) {
    if (kind === 'page') return html`<span class="choice-sign">${icon(link.icon)}</span>
      <strong>${t(link.words)}</strong><small>${t('switcher.page')}</small>`
    if (kind === 'hit') return html`<span class="choice-sign">${icon(signs[hit.kind] ?? 'search')}</span>
      <strong>${hit.title}</strong><small>${hit.label}${hit.snippet
      && html` · ${marked(plainText(hit.snippet))}`}</small>`
    if (kind === 'person') return html`<span class="choice-face">${face(person)}${isHere(person.id)
      && html`<i class="dot" data-live></i>`}</span><strong>${person.name
      || person.username}</strong><small>@${person.username}${person.position
      && html` · ${person.position}`}</small>`
    return html`${channelSign(channel)}<strong>${channelTitle(channel)}</strong><small>${isNew
      ? t('switcher.toJoin') : channel.unread > 0 ? t('channels.unread', { count: channel.unread })
      : channel.topic}</small>`
  }

  typed(_, input) { this.#ask(input.value.trim(), typingRests) }

  #ask(query, rest) {
    this.#query = query
    this.#active = 0
    this.update()
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#fetch(query), rest)
  }

  async #fetch(query) {
    const asked = this.#asked += 1
    try {
      const [people, publics, hits] = await Promise.all([
        query || this.#onlyPeople ? findInDirectory(query, { signal: this.signal }) : [],
        query && !this.#onlyPeople && !this.#publics.length ? get('/api/chat/channels?browse=1', { signal: this.signal }) : this.#publics,
        query && !this.#onlyPeople ? get(`/api/search?q=${encodeURIComponent(query)}`, { signal: this.signal }) : [],
      ])
      if (asked !== this.#asked || !this.#isOpen) return
      this.#people = people
      this.#publics = publics
      this.#hits = hits.filter(({ kind }) => kind !== 'people')
        .map(hit => ({ kind: 'hit', hit, id: `${hit.kind}-${hit.id}` }))
      this.update()
    } catch { /* the list shows what is already known */ }
  }

  #pressed(event) {
    if (event.isComposing || !['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return
    const choices = this.#choices
    event.preventDefault()
    if (event.key === 'Enter') return this.#goTo(choices[Math.min(this.#active, choices.length - 1)])
    if (choices.length) this.#active = (this.#active + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length
    this.draw()
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }

  chosen(_, option) { this.#goTo(this.#choices[Number(option.dataset.index)]) }

  #goTo(choice) {
    if (!choice) return
    this.dialog.close()
    if (choice.kind === 'page') go(choice.link.path)
    else if (choice.kind === 'hit') go(choice.hit.link)
    else if (choice.kind === 'channel') openPath(choice.channel.id)
    else startDirect(choice.person.id)
  }

  closed(_, dialog) {
    if (dialog.open) return
    clearTimeout(this.#rest)
    this.#isOpen = false
    this.update()
  }
}

customElements.define('quick-switcher', QuickSwitcher)

/** Opens the switcher; `people`: only for people to write to. */
export const openSwitcher = (wish = {}) => singleton('quick-switcher').open(wish)
