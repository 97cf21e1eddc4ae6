import '../elements/table-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { learnTabs } from '../elements/section-tabs.js'
import { trainingRow } from '../elements/training-row.js'
import { get, post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { place, route } from '../lib/router.js'
import { can, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { right, trainingTable } from '../lib/training-rights.js'
import { categories, trainingPath } from '../lib/trainings.js'

const views = ['upcoming', 'recommended', 'mine', 'all']

/** One's own part in a training, as a row of a list. */
const asTraining = ({ trainingId, status, isWaiting, ...one }) =>
  ({ ...one, id: trainingId, instructorName: '—', maxParticipants: null, isActive: null, isVisible: null,
    myStatus: isWaiting ? 'waiting' : status, isOwn: true })

/** Trainings: what is coming, what is for the user, their own, and all. */
class TrainingsPage extends ViewElement {
  #shown = views.includes(place.get().query.get('show')) ? place.get().query.get('show') : 'upcoming'
  #busy = null
  #lists = {
    upcoming: new PagedList('/api/trainings/upcoming', { changed: () => this.update() }),
    recommended: new Loader(this, signal => get('/api/training-recommendations', { signal })),
    mine: new PagedList(`/api/users/${session.get().user?.id}/trainings`, {
      rowsOf: rows => rows.map(asTraining), changed: () => this.update(),
    }),
    all: new PagedList('/api/trainings', { changed: () => this.update() }),
  }

  connected() {
    for (const frame of ['TRAINING_UPDATE', 'catch-up']) this.listen(socket, frame, () => this.again())
    this.listen(this, 'row-saved', () => this.again())
    this.again()
  }

  get #list() { return this.#lists[this.#shown] }

  again() {
    if (this.#shown === 'recommended') this.#list.load()
    else this.#list.refresh()
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('nav.trainings')}</h1>
        <p class="lead">${t('learn.lead')}</p></div>
        ${this.#add()}</header>
      ${learnTabs()}
      <div class="switch-choices" role="group" aria-label="${t('learn.show')}">${views.map(view => html`
        <button type="button" data-click="show" data-view="${view}"
          aria-pressed="${view === this.#shown ? 'true' : 'false'}">${t(`learn.${view}`)}</button>`)}</div>
      ${this.#shown === 'all' && this.#filters()}
      ${loadable(this.#list, rows => html`<ul class="rows" data-key="${this.#shown}"
        aria-label="${t(`learn.${this.#shown}`)}">
        ${rows.map(row => trainingRow(row, this.#busy === row.id))}</ul>
        ${this.#shown !== 'recommended' && moreButton(this.#list)}`, {
        waiting: skeletons('row', 4), empty: this.#empty(),
      })}
      <table-dialog data-key="dialog"></table-dialog>`
  }

  #filters() {
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}<input class="input" type="search" name="q" data-input="searched"
          aria-label="${t('training.search')}" placeholder="${t('training.search')}" autocomplete="off"
          spellcheck="false"></div>
        <select class="input" name="category" data-change="chosen" aria-label="${t('training.category')}">
          <option value="">${t('training.every')}</option>
          ${categories.map(category => html`<option
            value="${category}">${t(`training.category.${category}`)}</option>`)}</select>
      </form>`
  }

  #add() {
    return can(right) && html`<div class="head-actions"><button type="button" class="button button-primary"
      data-click="create">${icon('plus')}${t('training.new')}</button></div>`
  }

  #empty() {
    if (this.#shown === 'all' && this.#list.query) return emptyState({
      icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText'),
    })
    const isNew = can(right) && this.#shown !== 'recommended' && this.#shown !== 'mine'
    return emptyState({
      icon: 'learn', title: t(`learn.none.${this.#shown}`),
      text: t(isNew ? 'learn.noneManager' : `learn.noneText.${this.#shown}`),
      action: ['recommended', 'mine'].includes(this.#shown) && html`
        <button type="button" class="button" data-click="show" data-view="upcoming">
          ${t('learn.seeUpcoming')}</button>`,
    })
  }

  show(_, { dataset: { view } }) {
    this.#shown = view
    this.update()
    this.again()
  }

  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }
  chosen(_, select) { this.#list.filter({ [select.name]: select.value }) }

  async step(_, { dataset: { id } }) {
    this.#busy = id
    this.update()
    try {
      const { isWaiting } = await post(trainingPath(id, '/participants'))
      toast(t(isWaiting ? 'training.nowWaiting' : 'training.nowRegistered'), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#busy = null
    this.again()
    this.update()
  }

  async create() {
    const table = await trainingTable()
    if (table) this.querySelector('table-dialog')?.open(table)
  }
}

customElements.define('trainings-page', TrainingsPage)
route('/learn/trainings', () => html`<trainings-page data-key="trainings"></trainings-page>`,
  { access: 'signedIn', title: 'nav.trainings' })
