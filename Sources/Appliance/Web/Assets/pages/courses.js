import '../elements/bin-dialog.js'
import '../elements/course-import.js'
import '../elements/table-dialog.js'
import { courseCard } from '../elements/course-card.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { learnTabs } from '../elements/section-tabs.js'
import { categories, courseGroups, right } from '../lib/courses.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { go, route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'
import { describe } from '../lib/tables.js'

/** The courses that the reader may see, by category. */
class CoursesPage extends ViewElement {
  #list = new PagedList('/api/courses', { changed: () => this.update() })

  connected() {
    this.listen(this, 'row-saved', () => this.again())
    this.listen(socket, 'TRAINING_UPDATE', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('course.title')}</h1><p class="lead">
        ${t('course.lead')}</p></div>
        ${can(right) && html`<div class="head-actions"><button type="button" class="icon-button"
          data-click="bin" title="${t('bin.title')}" aria-label="${t('bin.title')}">
          ${icon('archive')}</button>${this.#importButton()}${this.#add()}</div>`}</header>
      ${learnTabs()}
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('course.search')}" placeholder="${t('course.search')}" autocomplete="off"
          spellcheck="false"></div>
        <fieldset class="switch"><legend class="visually-hidden">${t('course.category')}</legend>
          <div class="switch-choices">${['', ...categories].map(category => html`
            <button type="button" data-click="choose" data-category="${category}"
              aria-pressed="${(this.#list.wishes.category ?? '') === category ? 'true' : 'false'}"
              >${t(category ? `course.category.${category}` : 'course.every')}</button>`)}</div></fieldset>
      </form>
      ${loadable(this.#list, rows => html`<ul class="media" aria-label="${t('course.title')}">
        ${rows.map(courseCard)}</ul>${moreButton(this.#list)}`, {
        waiting: skeletons('card', 3), empty: this.#empty(),
      })}
      <table-dialog data-key="dialog"></table-dialog><bin-dialog data-key="bin"></bin-dialog>
      ${can(right) && html`<course-import data-key="import"></course-import>`}`
  }

  #add() {
    return can(right) && html`<button type="button" class="button button-primary" data-click="create">
      ${icon('plus')}${t('course.new')}</button>`
  }

  #importButton() {
    return can(right) && html`<button type="button" class="button" data-click="importCourse">
      ${icon('up')}${t('course.import')}</button>`
  }

  #empty() {
    if (this.#list.query) return emptyState({
      icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText'),
    })
    return emptyState({
      icon: 'learn', title: t('course.none'), text: t(can(right) ? 'course.noneAuthor' : 'course.noneText'),
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

  bin() { this.querySelector('bin-dialog').open('/api/courses') }

  importCourse() { this.querySelector('course-import').open() }

  /** A new course has no prerequisites yet; its page leads on to its lessons. */
  async create() {
    const [first] = courseGroups
    const table = await describe('courses', [first])
    if (table) this.querySelector('table-dialog')?.open({ ...table, said: ({ id }) => void go(`/courses/${id}`) })
  }
}

customElements.define('courses-page', CoursesPage)
route('/courses', () => html`<courses-page data-key="courses"></courses-page>`,
  { access: 'signedIn', title: 'course.title' })
