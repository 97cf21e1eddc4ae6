import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { openCourse } from '../elements/open-course.js'
import { learnTabs } from '../elements/section-tabs.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { date, dayAndTime, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { addressOf, dueWords } from '../lib/learning.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'

/** What is the user's own: courses to continue, what is due, next, recommended and done. */
class LearnPage extends ViewElement {
  #overview = new Loader(this, signal => get('/api/learning/overview', { signal }))

  connected() {
    for (const frame of ['TRAINING_UPDATE', 'catch-up']) this.listen(socket, frame, () => this.again())
    this.again()
  }

  again() { this.#overview.load() }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('learn.title')}</h1>
        <p class="lead">${t('learn.ownLead')}</p></div></header>
      ${learnTabs()}
      ${loadable(this.#overview, overview => this.#page(overview), {
        waiting: html`<div class="home"><div class="home-main">${skeletons('card', 2)}</div>
          <div class="home-side">${skeletons('card', 2)}</div></div>`,
      })}`
  }

  #page({ continue: open, due, next, recommended, done }) {
    // A course, and the quiz at which it goes on, are shown once.
    const rest = due.filter(({ kind, id }) => !open.some(one => one[`${kind}Id`] === id))
    const side = [this.#next(next), this.#recommended(recommended)].filter(Boolean)
    return html`<div class="home ${side.length ? '' : 'learn-single'}">
      <div class="home-main">${this.#continue(open)}${this.#due(rest)}${this.#done(done)}</div>
      ${side.length > 0 && html`<div class="home-side">${side}</div>`}</div>`
  }

  #continue(open) {
    if (!open.length) return emptyState({
      icon: 'learn', title: t('learn.nothing'), text: t('learn.nothingText'),
      action: html`<a class="button button-primary" href="/courses">${t('learn.seeCourses')}</a>`,
    })
    return html`<section class="card" aria-labelledby="learn-continue"><h2 id="learn-continue">
      ${icon('play')}${t('learn.continue')}</h2>
      <ul class="open-courses">${open.map((one, index) => openCourse(one, index === 0))}</ul></section>`
  }

  #due(due) {
    return due.length > 0 && html`<section class="card" aria-labelledby="learn-due"><h2 id="learn-due">
      ${icon('clock')}${t('learn.due')}</h2>
      <ul class="home-list">${due.map(one => html`<li data-key="due-${one.kind}-${one.id}">
        <a href="${addressOf(one)}"><span><strong>${one.title}</strong>
          <small>${dueWords(one)}</small></span>
          ${one.isLate && html`<span class="tag tag-bad">${t('teach.state.late')}</span>`}</a></li>`)}
      </ul></section>`
  }

  #next(trainings) {
    return trainings.length > 0 && html`<section class="card" aria-labelledby="learn-next">
      <h2 id="learn-next">${icon('calendar')}<a href="/learn/trainings?show=mine">${t('learn.next')}</a></h2>
      <ul class="home-list">${trainings.map(({ id, title, startDate, location, isWaiting }) => html`
        <li data-key="next-${id}"><a href="/learn/trainings/${id}"><span><strong>${title}</strong>
          <small>${[startDate ? dayAndTime(startDate) : t('training.noDate'), location,
            isWaiting && t('training.my.waiting')].filter(Boolean).join(' · ')}</small></span></a></li>`)}
      </ul></section>`
  }

  #recommended(rows) {
    return rows.length > 0 && html`<section class="card" aria-labelledby="learn-suggested">
      <h2 id="learn-suggested">${icon('info')}${t('learn.suggested')}</h2>
      <ul class="home-list">${rows.map(one => html`<li data-key="suggested-${one.kind}-${one.id}">
        <a href="${addressOf(one)}"><span><strong>${one.title}</strong>
          <small>${one.reason.text}</small></span></a></li>`)}</ul></section>`
  }

  #done(rows) {
    return rows.length > 0 && html`<section class="card" aria-labelledby="learn-done"><h2 id="learn-done">
      ${icon('check')}${t('learn.done')}</h2>
      <ul class="home-list">${rows.map(one => html`<li data-key="done-${one.kind}-${one.id}">
        ${one.isOpen ? html`<a href="${addressOf(one)}">${this.#result(one)}</a>`
          : html`<p class="learn-closed">${this.#result(one)}</p>`}</li>`)}</ul></section>`
  }

  #result({ kind, title, completedAt, score, validUntil }) {
    const isOver = validUntil && Date.parse(validUntil) <= Date.now()
    const facts = [
      t(kind === 'course' ? 'learn.doneCourse' : 'learn.doneTraining'), date(completedAt),
      score !== null && t('learn.score', { score: percent(score) }),
      validUntil && t(isOver ? 'training.expiredOn' : 'training.validUntil', { day: date(validUntil) }),
    ]
    return html`<span><strong>${title}</strong><small>${facts.filter(Boolean).join(' · ')}</small></span>`
  }
}

customElements.define('learn-page', LearnPage)
route('/learn', () => html`<learn-page data-key="learn"></learn-page>`,
  { access: 'signedIn', title: 'learn.title' })
