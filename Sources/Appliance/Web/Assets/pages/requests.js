import '../elements/request-board.js'
import '../elements/request-dialog.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { requestTags, statusTag } from '../elements/request-signs.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { number } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { categories, categoryName, priorities, priorityName, statuses, statusName } from '../lib/requests.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const layoutKey = 'obox.requests'
const handles = () => isAdmin() || session.get().user?.role === 'moderator'

/** The requests submitted by the user or assigned to them; for moderators all requests. */
class RequestsPage extends ViewElement {
  #view = handles() ? 'all' : 'mine'
  #layout = localStorage.getItem(layoutKey) === 'list' || !handles() ? 'list' : 'board'
  #wishes = {}
  #list = new PagedList('/api/complaints', { changed: () => this.update() })
  #figures = new Loader(this, signal => handles() ? get('/api/complaints/stats', { signal }) : {})
  #settings = new Loader(this, signal => get('/api/system-settings', { signal }))

  connected() {
    for (const type of ['COMPLAINT_UPDATE', 'catch-up']) this.listen(socket, type, () => this.again())
    this.listen(this, 'request-sent', ({ detail }) => this.#sent(detail))
    this.#settings.load()
    this.#choose()
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/requests', { replace: true })
      this.create()
    })
  }

  again() {
    this.#list.refresh()
    this.#figures.load()
  }

  get #filters() {
    const view = { mine: { mine: '1' }, assigned: { assignedToId: 'me' }, all: {} }[this.#view]
    return { ...this.#wishes, ...view }
  }

  #choose() {
    this.#list.wishes = this.#filters
    this.again()
    this.update()
  }

  view() {
    return html`
      <header class="page-head">
        <div><h1>${t('requests.title')}</h1><p class="lead">${t('requests.lead')}</p></div>
        <button class="button button-primary" data-click="create">${icon('plus')}${t('requests.new')}</button>
      </header>
      ${this.#numbers()}
      <div class="request-views">
        ${this.#switch('requests.whose', ['mine', 'assigned', ...handles() ? ['all'] : []], this.#view, 'look')}
        ${this.#switch('requests.layout', ['board', 'list'], this.#layout, 'arrange')}
        ${this.#settings.value?.allowAnonymousComplaints && html`<a class="button button-small"
          href="/requests/track">${icon('key')}${t('requests.track')}</a>`}
      </div>
      ${this.#tools()}
      ${this.#layout === 'board' ? html`<request-board data-key="board"
        wishes="${JSON.stringify(this.#filters)}"></request-board>` : this.#rows()}
      <request-dialog data-key="dialog"></request-dialog>`
  }

  #numbers() {
    const { value } = this.#figures
    if (!handles() || !value) return null
    const figures = [
      ['pending', value.pending], ['unassigned', value.unassigned], ['overdue', value.overdue],
      ['resolved', value.resolvedLast30Days],
      ['hours', value.hoursToResolve === null ? '–' : number(value.hoursToResolve, 1)],
    ]
    return html`<dl class="figures">${figures.map(([name, count]) => html`
      <div data-figure="${name}"
        ?data-warn=${name === 'overdue' && count > 0}><dt>${t(`requests.figure.${name}`)}
        </dt><dd>${count}</dd></div>`)}</dl>`
  }

  #switch(label, names, chosen, action) {
    return html`<fieldset class="switch"><legend class="visually-hidden">${t(label)}</legend>
      <div class="switch-choices">${names.map(name => html`<button type="button" data-click="${action}"
        data-name="${name}" aria-pressed="${name === chosen ? 'true' : 'false'}">
        ${t(`requests.show.${name}`)}</button>`)}</div></fieldset>`
  }

  #tools() {
    const choice = (name, options, nameOf) => html`
      <select class="input" name="${name}" data-change="chosen" aria-label="${t(`requests.field.${name}`)}">
        <option value="">${t(`requests.every.${name}`)}</option>
        ${options.map(option => html`<option value="${option}">${nameOf(option)}</option>`)}</select>`
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('requests.search')}" placeholder="${t('requests.search')}" autocomplete="off"
          spellcheck="false"></div>
        ${choice('category', categories, categoryName)}${choice('priority', priorities, priorityName)}
        ${this.#layout === 'list' && choice('status', statuses, statusName)}
      </form>`
  }

  #rows() {
    const isNarrowed = Object.values(this.#wishes).some(Boolean)
    return loadable(this.#list, rows => html`
      <ul class="rows requests" aria-label="${t('requests.title')}">${rows.map(row => this.#row(row))}</ul>
      ${moreButton(this.#list)}`, {
      waiting: skeletons('row', 3),
      empty: isNarrowed ? emptyState({ icon: 'search', title: t('requests.nothingFound') }) : emptyState({
        icon: 'request', title: t('requests.empty'), text: t(`requests.emptyText.${this.#view}`),
        action: this.#view === 'mine' && html`<button class="button" data-click="create">
          ${icon('plus')}${t('requests.new')}</button>`,
      }),
    })
  }

  #row(request) {
    const { id, title, status, submitterName, assignedToName, commentCount, createdAt } = request
    return html`
      <li class="row request-row" data-key="request-${id}">
        <div class="row-name"><h2><a href="/requests/${encodeURIComponent(id)}">${title}</a></h2>
          <p>${submitterName} · <time-ago moment="${createdAt}"></time-ago>${assignedToName
            && ` · ${t('requests.with', { name: assignedToName })}`}${commentCount > 0
            && ` · ${t('requests.comments', { count: commentCount })}`}</p></div>
        <p class="request-tags">${statusTag(status)}${requestTags(request)}</p>
      </li>`
  }

  create() {
    this.querySelector('request-dialog').open({ anonymous: Boolean(this.#settings.value?.allowAnonymousComplaints) })
  }

  #sent({ id, isAnonymous }) {
    toast(t('requests.sent'), 'success')
    if (isAnonymous) return this.again()
    go(`/requests/${encodeURIComponent(id)}`)
  }

  look(_, { dataset: { name } }) {
    this.#view = name
    this.#choose()
  }

  arrange(_, { dataset: { name } }) {
    this.#layout = name
    try { localStorage.setItem(layoutKey, name) } catch { /* storage is off */ }
    if (name === 'board') delete this.#wishes.status
    this.#choose()
  }

  still(event) { event.preventDefault() }
  older() { this.#list.older() }

  chosen(_, { name, value }) {
    this.#wishes[name] = value
    this.#choose()
  }

  searched(_, { value }) {
    this.#wishes.q = value.trim()
    this.#list.filter({ q: value.trim() }, { typing: true })
    this.update()
  }
}

customElements.define('requests-page', RequestsPage)
route('/requests', () => html`<requests-page data-key="requests"></requests-page>`,
  { access: 'signedIn', title: 'requests.title' })
