import '../elements/table-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, moreButton } from '../elements/loadable.js'
import { fieldOf } from '../fields/kinds.js'
import { get, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/**
 * Any table that the server describes (`table` is its name): its rows, and a dialog for those who may change
 * them.
 */
class TablePage extends ViewElement {
  #description = new Loader(this, signal => this.#describe(signal))
  #list = null

  connected() {
    this.#list = null
    this.listen(this, 'row-saved', () => this.#list.refresh())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  async again() {
    await this.#description.load()
    const table = this.#table
    if (!table || !this.isConnected) return
    if (!this.#list) {
      this.#list = new PagedList(table.path, { changed: () => this.update() })
      if (table.frame) this.listen(socket, table.frame, () => this.#list.refresh())
    }
    this.#list.refresh()
  }

  async #describe(signal) {
    const tables = await get('/api/schemas', { signal })
    const table = tables.find(({ name }) => name === this.getAttribute('table'))
    if (!table) throw new Error(t('tables.unknown'))
    return table
  }

  get #table() { return this.#description.value }

  #may(verb) { return this.#table?.may.includes(verb) }

  view() {
    return html`
      <header class="page-head"><div><h1>${this.#table?.title ?? t('tables.title')}</h1></div>
        ${this.#add()}</header>
      ${this.#table?.searchable && this.#search()}
      ${this.#body()}
      <table-dialog data-key="dialog"></table-dialog>`
  }

  #add() {
    return this.#may('create') && html`<button class="button button-primary" data-click="create">
      ${icon('plus')}${t('tables.add', { noun: this.#table.noun })}</button>`
  }

  #search() {
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}
          <input class="input" type="search" name="q" data-input="searched" autocomplete="off"
            spellcheck="false" aria-label="${t('tables.search')}"
            placeholder="${t('tables.search')}"></div></form>`
  }

  #body() {
    if (!this.#table && this.#description.error) return failure(this.#description.error)
    const empty = this.#list?.wishes.q
      ? emptyState({ icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText') })
      : emptyState({ icon: 'tag', title: t('tables.none'), text: t('tables.noneText'), action: this.#add() })
    return loadable(this.#list ?? this.#description, rows => this.#rows(rows), { empty })
  }

  #rows(rows) {
    return html`
      <ul class="rows" aria-label="${this.#table.title}">${rows.map(row => this.#row(row))}</ul>
      ${moreButton(this.#list)}`
  }

  #row(row) {
    const { columns, heading } = this.#table
    const of = kinds => columns.filter(column => kinds.includes(column.kind) && column.name !== heading)
    const shown = column => fieldOf(column).show(column, row[column.name])
    const name = row[heading] ?? row.id
    return html`
      <li class="row category" data-key="row-${row.id}">
        ${of(['color']).slice(0, 1).map(shown)}
        <div class="row-name"><h2>${name}</h2>${of(['text', 'lines']).filter(column => row[column.name])
          .map(column => html`<p>${shown(column)}</p>`)}</div>
        <p class="person-machines">
          ${of(['number', 'time', 'reference']).filter(column => row[column.name] != null)
          .map(column => html`<span>${t('tables.pair', {
            label: column.label, value: shown(column) })}</span> `)}</p>
        <p class="person-marks">${of(['flag', 'choice', 'choices']).map(shown)}</p>
        <div class="row-actions">
          ${this.#may('change') && html`<button class="icon-button" data-click="edit" data-id="${row.id}"
            title="${t('action.edit')}" aria-label="${t('action.edit')} ${name}">${icon('edit')}</button>`}
          ${this.#may('delete') && html`<button class="icon-button" data-click="delete" data-id="${row.id}"
            title="${t('do.delete')}" aria-label="${t('do.delete')} ${name}">${icon('trash')}</button>`}</div>
      </li>`
  }

  #one(id) { return this.#list.rows.find(row => String(row.id) === id) }
  still(event) { event.preventDefault() }
  searched(_, { value }) { this.#list.filter({ q: value.trim() }, { typing: true }) }
  older() { this.#list.older() }
  create() { this.querySelector('table-dialog').open(this.#table) }
  edit(_, { dataset: { id } }) { this.querySelector('table-dialog').open(this.#table, this.#one(id)) }

  async delete(_, { dataset: { id } }) {
    const name = this.#one(id)[this.#table.heading] ?? id
    const question = { title: t('tables.askDelete', { name }), text: t('tables.askDeleteText'), yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try { await remove(`${this.#table.path}/${encodeURIComponent(id)}`) } catch (error) { toast(error.message, 'error') }
    await this.#list.refresh()
  }
}

customElements.define('table-page', TablePage)
route('/tables/:name', ({ name }) => html`<table-page data-key="table-${name}" table="${name}"></table-page>`,
  { access: 'signedIn', title: 'tables.title' })
