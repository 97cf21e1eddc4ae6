import { emptyState } from '../elements/empty-state.js'
import { learnerRow } from '../elements/learner-row.js'
import { failure, loadable, moreButton, skeletons } from '../elements/loadable.js'
import { get, post } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { date } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const states = ['stuck', 'late', 'notStarted', 'underway', 'done']

/** For trainers: the learners of a course, those who need attention first. */
class CourseLearners extends ViewElement {
  #course = new Loader(this, signal => get(`/api/courses/${encodeURIComponent(this.#id)}`, { signal }))
  #answer = null
  #busy = false
  #list = null

  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/courses/${encodeURIComponent(this.#id)}` }

  connected() {
    this.#list = new PagedList(`${this.#path}/learners`, {
      rowsOf: answer => { this.#answer = answer; return answer.people }, changed: () => this.update(),
    })
    this.listen(socket, 'catch-up', () => this.again())
    const state = place.get().query.get('state')
    if (states.includes(state)) this.#list.filter({ state })
    else this.#list.refresh()
    this.#course.load()
  }

  again() {
    this.#course.load()
    this.#list.refresh()
  }

  view() {
    return loadable(this.#course, row => this.#page(row), {
      waiting: html`${skeletons('title')}${skeletons('row', 4)}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('teach.gone'), isPage: true,
        action: html`<a class="button" href="/learn/teach">${icon('back')}${t('teach.title')}</a>`,
      }) : failure(error),
    })
  }

  #page(row) {
    document.title = `${t('teach.learners')} · ${row.title} · OBox`
    const { total = 0, counts, deadline } = this.#answer ?? {}
    const facts = [total > 0 && counts && t('teach.doneCount', { done: counts.done, count: total }),
      deadline && t('course.due', { day: date(deadline) })]
    return html`
      <a class="back" href="/courses/${row.id}">${icon('back')}${row.title}</a>
      <header class="page-head"><div><h1>${t('teach.learners')}</h1>
        <p class="lead">${facts.filter(Boolean).join(' · ')}</p></div>
        <div class="head-actions">${this.#actions(row)}</div></header>
      ${this.#filters()}
      ${loadable(this.#list, rows => html`<ul class="learners" aria-label="${t('teach.learners')}">
        ${rows.map(one => learnerRow(one, { busy: this.#busy, mayRemind: row.isPublished }))}</ul>
        ${moreButton(this.#list)}`, { waiting: skeletons('row', 4), empty: this.#empty() })}
      ${this.#answer && html`<p class="quiet">${t('teach.stuckHint', { count: this.#answer.patience })}</p>`}`
  }

  #actions({ isPublished }) {
    const { counts } = this.#answer ?? {}
    const count = (counts?.late ?? 0) + (counts?.stuck ?? 0)
    return html`
      <a class="button" href="${this.#path}/learners.csv${this.#list.query}" download>
        ${icon('download')}CSV</a>
      ${isPublished && count > 0 && html`<button type="button" class="button button-primary"
        data-click="remindAll" ?disabled=${this.#busy} ?data-busy=${this.#busy}>${icon('bell')}
        ${t('teach.remindAll', { count })}</button>`}`
  }

  #filters() {
    const { counts, departments = [] } = this.#answer ?? {}
    const { state = '', department = '' } = this.#list.wishes
    const all = states.reduce((sum, one) => sum + (counts?.[one] ?? 0), 0)
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('teach.search')}" placeholder="${t('teach.search')}" autocomplete="off"
          spellcheck="false"></div>
        <select class="input" name="state" data-change="chosen" aria-label="${t('teach.state')}">
          <option value="">${t('teach.everyState')} (${all})</option>
          ${states.map(one => html`<option value="${one}" ?selected=${one === state}>
            ${t(`teach.state.${one}`)} (${counts?.[one] ?? 0})</option>`)}</select>
        ${departments.length > 1 && html`<select class="input" name="department" data-change="chosen"
          data-key="department" aria-label="${t('teach.department')}">
          <option value="">${t('teach.everyDepartment')}</option>
          ${departments.map(one => html`<option value="${one}" ?selected=${one === department}>
            ${one}</option>`)}</select>`}
      </form>`
  }

  #empty() {
    const isFiltered = Boolean(this.#list?.query)
    return emptyState({
      icon: isFiltered ? 'search' : 'people', title: t(isFiltered ? 'tables.nothingFound' : 'teach.none'),
      text: t(isFiltered ? 'tables.nothingFoundText' : 'teach.noneText'),
    })
  }

  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }
  chosen(_, select) { this.#list.filter({ [select.name]: select.value }) }

  remindAll() { return this.#try(() => post(`${this.#path}/remind`)) }
  remind(_, { dataset: { id } }) { return this.#try(() => post(`${this.#path}/learners/${id}/remind`)) }

  async attempt(_, { dataset: { id } }) {
    const { name } = this.#list.rows.find(one => one.id === id)
    if (await confirm({ title: t('teach.askAttempt', { name }), text: t('teach.askAttemptText'), yes: t('teach.doAttempt') }))
      await this.#try(() => post(`${this.#path}/learners/${id}/attempts`))
  }

  async #try(work) {
    this.#busy = true
    this.update()
    try { toast((await work()).message, 'success') } catch (error) { toast(error.message, 'error') }
    this.#busy = false
    this.again()
    this.update()
  }
}

customElements.define('course-learners', CourseLearners)
route('/courses/:id/learners', ({ id }) => html`<course-learners data-key="learners-${id}" row="${id}">
  </course-learners>`,
  { access: 'manage_trainings', title: 'teach.learners' })
