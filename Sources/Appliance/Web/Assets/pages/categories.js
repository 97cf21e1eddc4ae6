import '../elements/category-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { get, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { permissions } from '../lib/people.js'
import { route } from '../lib/router.js'
import { toast } from '../lib/toast.js'

/** The employee categories, which grant permissions to groups of people. */
class CategoriesPage extends ViewElement {
  #list = new Loader(this, signal => get('/api/employee-categories', { signal }))

  connected() {
    this.listen(this, 'category-saved', () => this.#list.load())
    this.#list.load()
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('categories.title')}</h1><p class="lead">
        ${t('categories.lead')}</p></div>
        <button class="button button-primary" data-key="new" data-click="create">
          ${icon('plus')}${t('categories.new')}</button></header>
      ${peopleTabs()}
      ${this.#body()}
      <category-dialog data-key="dialog"></category-dialog>`
  }

  #body() {
    return loadable(this.#list, list => this.#rows(list), {
      waiting: skeletons('row', 2),
      empty: emptyState({
        icon: 'tag', title: t('categories.none'), text: t('categories.noneText'),
        action: html`<button class="button button-primary" data-click="create">
          ${icon('plus')}${t('categories.new')}</button>`,
      }),
    })
  }

  #rows(list) {
    return html`<ul class="rows" aria-label="${t('categories.title')}">${list.map(one => html`
      <li class="row category" data-key="category-${one.id}" ?data-off=${one.isActive === false}>
        <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">
          <circle cx="5" cy="5" r="5" fill="${one.color}"/></svg>
        <div class="row-name"><h2>${one.name}</h2><p>${one.description}</p></div>
        <p class="person-machines">
          ${one.userCount > 0 && t('categories.people', { count: one.userCount })}</p>
        <p class="person-marks">${one.isActive === false
          && html`<span class="tag tag-quiet">${t('categories.off')}</span>`}
          ${(one.permissions ?? []).filter(right => permissions.includes(right)).map(right => html`<span
            class="tag tag-plain">${t(`right.${right}`)}</span>`)}</p>
        <div class="row-actions">
          <button class="icon-button" data-click="edit" data-id="${one.id}" title="${t('action.edit')}"
            aria-label="${t('action.edit')} ${one.name}">${icon('edit')}</button>
          <button class="icon-button" data-click="delete" data-id="${one.id}" title="${t('do.delete')}"
            aria-label="${t('do.delete')} ${one.name}">${icon('trash')}</button></div>
      </li>`)}</ul>`
  }

  #one(id) { return this.#list.value.find(one => String(one.id) === id) }
  again() { this.#list.load() }
  create() { this.querySelector('category-dialog').open() }
  edit(_, { dataset: { id } }) { this.querySelector('category-dialog').open(this.#one(id)) }

  async delete(_, { dataset: { id } }) {
    const { name } = this.#one(id)
    if (!await confirm({ title: t('categories.askDelete', { name }), text: t('categories.askDeleteText'), yes: t('do.delete'), danger: true })) return
    try { await remove(`/api/employee-categories/${encodeURIComponent(id)}`) } catch (error) { toast(error.message, 'error') }
    await this.#list.load()
  }
}

customElements.define('categories-page', CategoriesPage)
route('/categories', () => html`<categories-page data-key="categories"></categories-page>`,
  { access: 'manage_employee_categories', title: 'categories.title' })
