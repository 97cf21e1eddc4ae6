import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, moreButton, skeletons } from '../elements/loadable.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { dateAndTime, number, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'

/** For authors: how each question of a quiz was answered, and everyone's attempts. */
class QuizResults extends ViewElement {
  #quiz = new Loader(this, signal => this.#fetch(signal))
  #attempts = null

  connected() { this.again() }

  get #path() { return `/api/quizzes/${encodeURIComponent(this.getAttribute('row'))}` }

  async #fetch(signal) {
    const [row, statistics] = await Promise.all([get(this.#path, { signal }), get(`${this.#path}/statistics`, { signal })])
    return { row, statistics }
  }

  again() {
    this.#attempts = new PagedList(`${this.#path}/attempts`, { changed: () => this.update() })
    this.#attempts.refresh()
    this.#quiz.load()
  }

  older() { this.#attempts.older() }

  view() {
    return loadable(this.#quiz, quiz => this.#page(quiz), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('quiz.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  #page({ row, statistics: { attempts, passed, averageScore, questions } }) {
    document.title = `${row.title} · OBox`
    const facts = [t('quiz.attemptCount', { count: attempts }), t('quiz.passedCount', { count: passed }),
      averageScore !== null && t('quiz.average', { score: percent(averageScore) })]
    return html`
      <a class="back" href="/quizzes/${row.id}">${icon('back')}${row.title}</a>
      <header class="page-head"><div><h1>${t('quiz.statistics')}</h1>
        <p class="lead">${attempts > 0 && facts.filter(Boolean).join(' · ')}</p></div></header>
      ${attempts ? html`<section class="card" aria-labelledby="by-question"><h2
        id="by-question">${t('quiz.byQuestion')}</h2>
          <ol class="quiz-statistics">${questions.map(one => this.#question(one))}</ol></section>`
        : emptyState({ icon: 'learn', title: t('quiz.noAttempts'), text: t('quiz.noAttemptsText') })}
      ${this.#people()}`
  }

  #question({ id, type, text, asked, right: count, averageShare, answers }) {
    const most = Math.max(1, ...answers.map(one => one.count))
    return html`<li data-key="question-${id}"><p class="quiz-text">${text}</p>
      ${asked > 0 && html`<p
        class="quiet">${t('quiz.rightOf', {
          share: percent(Math.round(100 * count / asked)), right: count, asked })}
        ${averageShare !== Math.floor(100 * count / asked) &&
          html` · ${t('quiz.average', { score: percent(averageShare) })}`}</p>`}
      <ul>${answers.map(one => html`<li class="quiz-bar" ?data-right=${one.isRight}>
        <span>${type === 'boolean' ? t(`quiz.${one.text}`) : one.text}${one.isRight
          && html`<span class="visually-hidden">, ${t('quiz.mark.right')}</span>`}</span>
        <meter min="0" max="${most}" value="${one.count}" aria-hidden="true"></meter><span>
          ${number(one.count)}</span></li>`)}</ul></li>`
  }

  #people() {
    return loadable({ value: this.#attempts.rows, error: this.#attempts.error }, rows => rows.length > 0 &&
      html`
      <section class="card" aria-labelledby="by-person"><h2 id="by-person">${t('quiz.byPerson')}</h2>
        <ul class="quiz-attempts">${rows.map(one => html`<li data-key="attempt-${one.id}">
          <a href="/quizzes/${one.quizId}/attempts/${one.id}"><strong>${one.userName}</strong>
            <span>${one.score === null ? t('quiz.open') : percent(one.score)}</span>
            <span class="quiet">${t('quiz.attempt', { number: one.attempt })}${one.submittedAt
              && ` · ${dateAndTime(one.submittedAt)}`}</span></a></li>`)}</ul>
        ${moreButton(this.#attempts)}</section>`)
  }
}

customElements.define('quiz-results', QuizResults)
route('/quizzes/:id/results', ({ id }) => html`<quiz-results data-key="results-${id}" row="${id}">
  </quiz-results>`,
  { access: 'manage_trainings', title: 'quiz.statistics' })
