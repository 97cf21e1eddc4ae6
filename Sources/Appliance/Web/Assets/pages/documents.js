import '../elements/bin-dialog.js'
import '../elements/table-dialog.js'
import '../elements/time-ago.js'
import { documentMarks } from '../elements/document-marks.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { categories, groupsOf, kindOf } from '../lib/documents.js'
import { ViewElement } from '../lib/element.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { go, place, route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'
import { describe } from '../lib/tables.js'

const right = 'manage_documents'

/** The documents that the reader may see, by category. */
class DocumentsPage extends ViewElement {
  #list = new PagedList('/api/documents', { changed: () => this.update() })

  connected() {
    this.listen(this, 'row-saved', () => this.again())
    this.listen(socket, 'DOCUMENTS_CHANGED', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/documents', { replace: true })
      this.create()
    })
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('document.title')}</h1><p class="lead">
        ${t('document.lead')}</p></div>
        ${can(right) && html`<div class="head-actions"><button type="button" class="icon-button"
          data-click="bin" title="${t('bin.title')}" aria-label="${t('bin.title')}">
          ${icon('archive')}</button>${this.#add()}</div>`}</header>
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('document.search')}" placeholder="${t('document.search')}" autocomplete="off"
          spellcheck="false"></div>
        <fieldset class="switch"><legend class="visually-hidden">${t('document.category')}</legend>
          <div class="switch-choices">${['', ...categories].map(category => html`
            <button type="button" data-click="choose" data-category="${category}"
              aria-pressed="${(this.#list.wishes.category ?? '') === category ? 'true' : 'false'}"
              >${t(category ? `document.category.${category}` : 'document.every')}</button>`)}</div>
                </fieldset>
      </form>
      ${loadable(this.#list, rows => html`<ul class="rows" aria-label="${t('document.title')}">
        ${rows.map(row => this.#row(row))}</ul>${moreButton(this.#list)}`, {
        waiting: skeletons('row', 4), empty: this.#empty(),
      })}
      <table-dialog data-key="dialog"></table-dialog><bin-dialog data-key="bin"></bin-dialog>`
  }

  #row(row) {
    return html`
      <li class="row document-row" data-key="document-${row.id}">
        <span class="document-sign" data-kind="${kindOf(row)}" aria-hidden="true">${kindOf(row)}</span>
        <div class="row-name"><h2><a href="/documents/${encodeURIComponent(row.id)}">${row.title}</a></h2>
          <p>${t(`document.category.${row.category}`)} · ${t('document.versionOf', { version: row.version })}
            · <time-ago moment="${row.updatedAt}"></time-ago>${row.fileSize
            && html` · ${bytes(row.fileSize)}`}</p></div>
        <p class="document-marks">${documentMarks(row, can(right))}</p>
        <div class="row-actions">${row.fileUrl && html`<a class="icon-button" download
          href="/api/documents/${encodeURIComponent(row.id)}/download" title="${t('document.download')}"
          aria-label="${t('document.downloadOf', { name: row.title })}">
            ${icon('download')}</a>`}${icon('next')}</div>
      </li>`
  }

  #add() {
    return can(right) && html`<button type="button" class="button button-primary" data-click="create">
      ${icon('plus')}${t('document.new')}</button>`
  }

  #empty() {
    if (this.#list.query) return emptyState({
      icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText'),
    })
    return emptyState({
      icon: 'file', title: t('document.none'), text: t(can(right) ? 'document.noneManager' : 'document.noneText'),
      action: this.#add(),
    })
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }

  choose(_, { dataset: { category } }) {
    this.#list.filter({ category })
    this.update()
  }

  bin() { this.querySelector('bin-dialog').open('/api/documents') }

  async create() {
    const table = await describe('documents', groupsOf(true))
    if (table) this.querySelector('table-dialog')?.open(table)
  }
}

customElements.define('documents-page', DocumentsPage)
route('/documents', () => html`<documents-page data-key="documents"></documents-page>`,
  { access: 'signedIn', title: 'document.title' })
