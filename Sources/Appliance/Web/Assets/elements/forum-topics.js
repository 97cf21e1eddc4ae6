import { emptyState } from './empty-state.js'
import { topicRow } from './forum-signs.js'
import { loadable, moreButton, skeletons } from './loadable.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { socket } from '../lib/session.js'

const views = { all: {}, unread: { unread: '1' }, followed: { followed: '1' }, mine: { mine: '1' }, deleted: { deleted: '1' } }

/**
 * The topics of the category `category`, or of all of them: pinned ones first, then by activity. `moderated`: deleted
 * ones can be shown.
 */
class ForumTopics extends ViewElement {
  static observedAttributes = ['category', 'moderated']
  #view = 'all'
  #query = ''
  #list = new PagedList('/api/forum/topics', { changed: () => this.update() })
  #top = new PagedList('/api/forum/topics', { changed: () => this.update() })

  connected() {
    this.listen(socket, 'FORUM_UPDATE', ({ detail }) => { if (detail?.verb !== 'react') this.again() })
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  /** Pinned topics stand above the others of their category, where nothing else is asked for. */
  get #hasTop() { return this.#view === 'all' && !this.#query && this.hasAttribute('category') }

  again() {
    const categoryId = this.getAttribute('category')
    const wishes = { unread: null, followed: null, mine: null, deleted: null, ...views[this.#view], q: this.#query, categoryId }
    Object.assign(this.#list.wishes, wishes, { top: this.#hasTop ? '0' : null })
    Object.assign(this.#top.wishes, { categoryId, top: '1' })
    this.#list.refresh()
    if (this.#hasTop) this.#top.refresh()
  }

  view() {
    const names = Object.keys(views).filter(name => name !== 'deleted' || this.hasAttribute('moderated'))
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('forum.search')}" placeholder="${t('forum.search')}" autocomplete="off"
          spellcheck="false"></div>
        <fieldset class="switch"><legend class="visually-hidden">${t('forum.whose')}</legend>
          <div class="switch-choices">${names.map(name => html`<button type="button" data-click="look"
            data-name="${name}" aria-pressed="${name === this.#view ? 'true' : 'false'}">
            ${t(`forum.show.${name}`)}</button>`)}</div></fieldset>
      </form>
      ${loadable(this.#list, rows => this.#rows(rows), { waiting: skeletons('row', 3) })}`
  }

  #rows(rows) {
    const top = this.#hasTop ? this.#top.value ?? [] : []
    const isNamed = !this.hasAttribute('category')
    if (!rows.length && !top.length) return this.#empty()
    return html`<ul class="rows forum-list" aria-label="${t('forum.title')}">
      ${[...top, ...rows].map(topic => topicRow(topic, { isNamed }))}</ul>${moreButton(this.#list)}`
  }

  #empty() {
    if (this.#query) return emptyState({ icon: 'search', title: t('forum.nothingFound'), text: t('tables.nothingFoundText') })
    return emptyState({ icon: 'forum', title: t('forum.empty'), text: t(`forum.emptyText.${this.#view}`) })
  }

  older() { this.#list.older() }
  still(event) { event.preventDefault() }

  look(_, { dataset: { name } }) {
    this.#view = name
    this.#list.rows = null
    this.again()
    this.update()
  }

  searched(_, { value }) {
    this.#query = value.trim()
    this.#list.filter({ q: this.#query, top: this.#hasTop ? '0' : null }, { typing: true })
  }
}

customElements.define('forum-topics', ForumTopics)
