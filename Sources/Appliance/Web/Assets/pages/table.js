import '../elements/table-dialog.js'
import { confirm } from '../elements/confirm-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { toast } from '../elements/toast-list.js'
import { get, remove } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { fieldOf } from '../lib/fields.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { place } from '../lib/router.js'
import { socket } from '../lib/session.js'

/** Any table that the server describes: its rows, and a dialog for those who may change them. */
class TablePage extends ViewElement {
  #table = null
  #list = null
  #error = null

  connected() {
    this.listen(this, 'row-saved', () => this.#list.refresh())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  async again() {
    const { name } = place.get().parameters
    try {
      const tables = await get('/api/schemas', { signal: this.signal })
      this.#table = tables.find(table => table.name === name) ?? null
      this.#error = this.#table ? null : new Error(t('tables.unknown'))
    } catch (error) {
      if (error.name === 'AbortError') return
      this.#error = error
    }
    if (this.#table) {
      if (!this.#list) this.#begin()
      this.#list.refresh()
    }
    this.update()
  }

  #begin() {
    this.#list = new PagedList(this.#table.path, { changed: () => this.update() })
    if (this.#table.frame) this.listen(socket, this.#table.frame, () => this.#list.refresh())
  }

  #may(verb) { return this.#table?.may.includes(verb) }

  view() {
    return html`
      <header class="page-head"><div><h1>${this.#table?.title ?? t('tables.title')}</h1></div>${this.#add()}</header>
      ${peopleTabs()}
      ${this.#table?.searchable && this.#search()}
      ${this.#body()}
      <table-dialog data-key="dialog"></table-dialog>`
  }

  #add() {
    return this.#may('create') && html`<button class="button button-primary" data-key="add" data-click="create"
      >${icon('plus')}${t('tables.add', { noun: this.#table.noun })}</button>`
  }

  #search() {
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still"><div class="filter">${icon('search')}
        <input class="input" type="search" name="q" data-input="searched" autocomplete="off" spellcheck="false"
          aria-label="${t('tables.search')}" placeholder="${t('tables.search')}"></div></form>`
  }

  #body() {
    const error = this.#error ?? this.#list?.error
    if (error) return emptyState({
      icon: 'warning', title: t('error.load'), text: error.message,
      action: html`<button class="button" data-click="again">${icon('reboot')}${t('action.retry')}</button>`,
    })
    const rows = this.#list?.rows
    if (!rows)
      return html`<div aria-busy="true">${[1, 2].map(() => html`<span class="skeleton skeleton-row"></span>`)}</div>`
    if (!rows.length) return this.#list.wishes.q
      ? emptyState({ icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText') })
      : emptyState({ icon: 'tag', title: t('tables.none'), text: t('tables.noneText'), action: this.#add() })
    const { more, busy } = this.#list
    return html`
      <ul class="rows" aria-label="${this.#table.title}">${rows.map(row => this.#row(row))}</ul>
      ${more && html`<div class="more"><button class="button" data-click="older" ?data-busy=${busy}
        >${t('people.more')}</button></div>`}`
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
        <p class="person-machines">${of(['number', 'time', 'reference']).filter(column => row[column.name] != null)
          .map(column => html`<span>${column.label} : ${shown(column)}</span> `)}</p>
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
