import { emptyState } from '../elements/empty-state.js'
import { briefly, loadable, moreButton, skeletons } from '../elements/loadable.js'
import { learnTabs } from '../elements/section-tabs.js'
import { trainingTime } from '../elements/training-row.js'
import { ViewElement } from '../lib/element.js'
import { date, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { shareOf } from '../lib/learning.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'

/** For trainers: their courses and trainings, and how many learners are done, late or stuck. */
class TeachPage extends ViewElement {
  /** Administrators look after all of them. */
  #isAll = isAdmin()
  #courses = new PagedList('/api/learning/teaching', { size: 20, changed: () => this.update() })
  #trainings = new PagedList('/api/trainings', { size: 20, changed: () => this.update() })

  connected() {
    this.listen(socket, 'catch-up', () => this.again())
    this.#ask()
  }

  #ask() {
    const me = String(session.get().user?.id)
    this.#courses.filter({ all: this.#isAll ? '1' : '' })
    this.#trainings.filter({ instructorId: this.#isAll ? '' : me })
  }

  again() {
    this.#courses.refresh()
    this.#trainings.refresh()
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('teach.title')}</h1><p class="lead">${t('teach.lead')}</p></div>
      </header>
      ${learnTabs()}
      <div class="switch-choices" role="group" aria-label="${t('teach.shown')}">
        ${['mine', 'all'].map(one => html`<button type="button" data-click="show" data-view="${one}"
          aria-pressed="${(one === 'all') === this.#isAll ? 'true' : 'false'}"
            >${t(`teach.${one}`)}</button>`)}
      </div>
      <section aria-labelledby="teach-courses"><h2 id="teach-courses">${t('nav.courses')}</h2>
        ${loadable(this.#courses, rows => html`<ul class="rows">${rows.map(row => this.#course(row))}</ul>
          ${this.#courses.more && moreButton(this.#courses)}`,
        { waiting: skeletons('row', 2), failed: briefly, empty: this.#empty() })}</section>
      <section aria-labelledby="teach-trainings"><h2 id="teach-trainings">${t('nav.trainings')}</h2>
        ${loadable(this.#trainings, rows => html`<ul class="rows">
          ${rows.map(row => this.#training(row))}</ul>`, {
          waiting: skeletons('row', 2), failed: briefly,
          empty: html`<p class="quiet">${t('teach.noTrainings')}</p>`,
        })}</section>`
  }

  #empty() {
    return emptyState({
      icon: 'learn', title: t('teach.noCourses'), text: t('teach.noCoursesText'),
      action: this.#isAll ? html`<a class="button" href="/courses">${t('learn.seeCourses')}</a>`
        : html`<button type="button" class="button" data-click="show" data-view="all">
          ${t('teach.all')}</button>`,
    })
  }

  #course({ id, title, isPublished, isMandatory, deadline, total, counts }) {
    const facts = [t('teach.learnerCount', { count: total }),
      total > 0 && t('teach.doneShare', { share: percent(shareOf(counts.done, total)) }),
      deadline && t('course.due', { day: date(deadline) })]
    return html`<li class="row teach-row" data-key="course-${id}">
      <div class="row-name"><h3><a href="/courses/${id}/learners">${title}</a></h3>
        <p>${facts.filter(Boolean).join(' · ')}</p>
        ${total > 0 && html`<p class="course-progress"><progress max="${total}" value="${counts.done}"
          aria-label="${t('teach.doneCount', { done: counts.done, count: total })}"></progress></p>`}</div>
      <p class="training-marks">
        ${!isPublished && html`<span class="tag tag-plain">${t('course.draft')}</span>`}
        ${isMandatory && html`<span class="tag tag-warn">${t('course.mandatory')}</span>`}
        ${counts.stuck > 0 && html`<span class="tag learner-state" data-state="stuck">
          ${t('teach.stuckCount', { count: counts.stuck })}</span>`}
        ${counts.late > 0 && html`<span class="tag learner-state" data-state="late">
          ${t('teach.lateCount', { count: counts.late })}</span>`}</p>
      <div class="row-actions">${icon('next')}</div></li>`
  }

  #training(row) {
    const facts = [trainingTime(row), t('teach.registeredCount', { count: row.currentParticipants }),
      row.completedCount > 0 && t('teach.completedCount', { count: row.completedCount }),
      row.waitingCount > 0 && t('training.waitingCount', { count: row.waitingCount })]
    return html`<li class="row teach-row" data-key="training-${row.id}">
      <div class="row-name"><h3><a href="/learn/trainings/${row.id}">${row.title}</a></h3>
        <p>${facts.filter(Boolean).join(' · ')}</p></div>
      <p class="training-marks">${row.isMandatory
        && html`<span class="tag tag-warn">${t('training.mandatory')}</span>`}</p>
      <div class="row-actions">${icon('next')}</div></li>`
  }

  older() { this.#courses.older() }

  show(_, { dataset: { view } }) {
    this.#isAll = view === 'all'
    this.update()
    this.#ask()
  }
}

customElements.define('teach-page', TeachPage)
route('/learn/teach', () => html`<teach-page data-key="teach"></teach-page>`,
  { access: 'manage_trainings', title: 'teach.title' })
