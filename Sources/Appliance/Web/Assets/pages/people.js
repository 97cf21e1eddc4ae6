import '../elements/import-dialog.js'
import '../elements/person-dialog.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { face } from '../elements/presence-list.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { hindrance, nameOf, roleOf, roles } from '../lib/people.js'
import { isHere, presence } from '../lib/presence.js'
import { go, place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** All accounts, for those who may manage users. */
class PeoplePage extends ViewElement {
  #list = new PagedList('/api/admin/users', { rowsOf: answer => answer.users, changed: () => this.update() })

  connected() {
    this.watch(presence)
    this.listen(socket, 'catch-up', () => this.#list.refresh())
    this.listen(this, 'people-imported', () => this.#list.refresh())
    this.#list.refresh()
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/people', { replace: true })
      this.create()
    })
  }

  view() {
    const { total } = this.#list
    return html`
      <header class="page-head">
        <div><h1>${t('people.title')}</h1><p class="lead">
          ${total !== null && html`${t('people.count', { count: total })} · ${t('people.here',
            { count: presence.get().count })}`}</p></div>
        <div class="page-actions"><a class="button" href="/api/admin/users/export" download>
            ${icon('download')}${t('people.export')}</a>
          <button class="button" data-click="importPeople">${icon('up')}${t('people.import')}</button>
          <button class="button button-primary" data-key="new" data-click="create">
            ${icon('plus')}${t('people.new')}</button></div>
      </header>
      ${peopleTabs()}
      ${this.#filters()}
      ${this.#body()}
      <person-dialog data-key="dialog"></person-dialog>
      <import-dialog data-key="import"></import-dialog>`
  }

  #filters() {
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}
          <input class="input" type="search" id="people-search" name="q" data-input="searched"
            aria-label="${t('people.search')}" placeholder="${t('people.search')}" autocomplete="off"
            spellcheck="false"></div>
        <select class="input" name="role" data-change="chosen" aria-label="${t('people.role')}">
          <option value="">${t('people.everyRole')}</option>
          ${roles.map(role => html`<option value="${role}">${t(`role.${role}`)}</option>`)}</select>
        <select class="input" name="status" data-change="chosen" aria-label="${t('people.status')}">
          <option value="">${t('people.everyStatus')}</option>
          ${['active', 'pending', 'inactive'].map(status => html`<option value="${status}">
            ${t(`people.only.${status}`)}</option>`)}</select>
      </form>`
  }

  #body() {
    return loadable(this.#list, rows => this.#rows(rows), {
      waiting: skeletons('row', 4),
      empty: emptyState({
        icon: 'search', title: t('people.none'),
        action: this.#list.query && html`<button class="button" data-click="clear">
          ${t('people.clear')}</button>`,
      }),
    })
  }

  #rows(rows) {
    return html`
      <ul class="people" aria-label="${t('people.title')}">${rows.map(person => this.#row(person))}</ul>
      ${moreButton(this.#list)}`
  }

  #row(person) {
    const stop = hindrance(person)
    const here = isHere(person.id)
    return html`
      <li class="row person-row" data-key="person-${person.id}">
        ${face(person)}
        <div class="row-name"><h2><a href="/people/${encodeURIComponent(person.id)}">${nameOf(person)}</a>
          </h2><p>${person.email || person.username}</p></div>
        <p class="person-marks">${roleOf(person) !== 'employee' && roleOf(person) !== 'user'
          && html`<span class="tag tag-plain">${t(`role.${roleOf(person)}`)}</span>`}
          ${stop && html`<span class="tag ${stop === 'pending' ? ''
            : 'tag-quiet'}">${t(`people.${stop}`)}</span>`}</p>
        <p class="person-machines">${person.vmCount > 0 && t('machines.count', { count: person.vmCount })}</p>
        <p class="person-seen"><span class="dot" ?data-live=${here}></span><span>${here ? t('people.isHere')
          : person.lastSeen ? html`<time-ago moment="${person.lastSeen}"></time-ago>`
          : t('people.neverSeen')}</span></p>
        <div class="row-actions">
          ${stop === 'pending' && html`<button class="button button-small button-primary" data-click="approve"
            data-id="${person.id}" data-name="${nameOf(person)}">
            ${icon('check')}${t('person.approve')}</button>`}${icon('next')}</div>
      </li>`
  }

  create() { this.querySelector('person-dialog').open() }
  importPeople() { this.querySelector('import-dialog').open() }
  again() { this.#list.refresh() }
  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }
  chosen(_, select) { this.#list.filter({ [select.name]: select.value }) }

  clear() {
    this.querySelector('.filters').reset()
    this.#list.filter({ q: '', role: '', status: '' })
  }

  async approve(_, { dataset: { id, name } }) {
    try {
      await post(`/api/admin/users/${encodeURIComponent(id)}/approve`)
      toast(t('person.approved', { name }), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
  }
}

customElements.define('people-page', PeoplePage)
route('/people', () => html`<people-page data-key="people"></people-page>`,
  { access: 'manage_users', title: 'people.title' })
