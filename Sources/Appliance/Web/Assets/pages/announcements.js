import '../elements/bin-dialog.js'
import '../elements/table-dialog.js'
import { announcementCard } from '../elements/announcement-card.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { announcementTable, inOrder } from '../lib/announcements.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { go, place, route } from '../lib/router.js'
import { can, session, socket } from '../lib/session.js'

const right = 'manage_announcements'
const types = ['info', 'important', 'event', 'formation']

/** All announcements that the reader may see. */
class AnnouncementsPage extends ViewElement {
  #list = new PagedList('/api/announcements', { changed: () => this.update() })

  connected() {
    this.listen(this, 'row-saved', () => this.again())
    this.listen(socket, 'NEW_ANNOUNCEMENT', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/announcements', { replace: true })
      this.create()
    })
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('announce.title')}</h1><p class="lead">
        ${t('announce.lead')}</p></div>
        ${can(right) && html`<div class="head-actions"><button type="button" class="icon-button"
          data-click="bin" title="${t('bin.title')}" aria-label="${t('bin.title')}">
          ${icon('archive')}</button>${this.#add()}</div>`}</header>
      ${!can(right) && session.get().user?.role === 'moderator' && html`<p class="quiet" data-key="ask">
        ${t('announce.askRight')}</p>`}
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('announce.search')}" placeholder="${t('announce.search')}" autocomplete="off"
          spellcheck="false"></div>
        <select class="input" name="type" data-change="chosen" aria-label="${t('announce.kind')}">
          <option value="">${t('announce.everyKind')}</option>
          ${types.map(type => html`<option value="${type}">${t(`announce.type.${type}`)}</option>`)}</select>
      </form>
      ${loadable(this.#list, rows => html`<ul class="announcements" aria-label="${t('announce.title')}">
        ${inOrder(rows).map(announcementCard)}</ul>${moreButton(this.#list)}`, {
        waiting: skeletons('row', 3), empty: this.#empty(),
      })}
      <table-dialog data-key="dialog"></table-dialog><bin-dialog data-key="bin"></bin-dialog>`
  }

  #add() {
    return can(right) && html`<button type="button" class="button button-primary" data-click="create">
      ${icon('plus')}${t('announce.new')}</button>`
  }

  #empty() {
    if (this.#list.query) return emptyState({
      icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText'),
    })
    return emptyState({
      icon: 'announce', title: t('announce.none'), text: t(can(right) ? 'announce.noneManager' : 'announce.noneText'),
      action: this.#add(),
    })
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }
  chosen(_, select) { this.#list.filter({ [select.name]: select.value }) }

  bin() { this.querySelector('bin-dialog').open('/api/announcements') }

  async create() {
    const table = await announcementTable()
    if (table) this.querySelector('table-dialog')?.open(table)
  }
}

customElements.define('announcements-page', AnnouncementsPage)
route('/announcements', () => html`<announcements-page data-key="announcements"></announcements-page>`,
  { access: 'signedIn', title: 'announce.title' })
