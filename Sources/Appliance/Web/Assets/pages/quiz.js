import '../elements/quiz-sitting.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { notice } from '../elements/notices.js'
import { get, post } from '../lib/api.js'
import { right } from '../lib/courses.js'
import { ViewElement } from '../lib/element.js'
import { dateAndTime, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** One quiz: what it asks for, the attempts of the reader, and the attempt itself while it is open. */
class QuizPage extends ViewElement {
  #quiz = new Loader(this, signal => this.#fetch(signal))
  #sheet = null
  #isStarting = false

  connected() {
    this.listen(socket, 'TRAINING_UPDATE', () => { if (!this.#sheet) this.again() })
    this.listen(socket, 'catch-up', () => { if (!this.#sheet) this.again() })
    this.again()
  }

  get #path() { return `/api/quizzes/${encodeURIComponent(this.getAttribute('row'))}` }

  async #fetch(signal) {
    const row = await get(this.#path, { signal })
    const [attempts, [enrollment]] = await Promise.all([
      get(`${this.#path}/attempts?mine=1`, { signal }),
      get(`/api/my-enrollments?courseId=${encodeURIComponent(row.courseId)}`, { signal }),
    ])
    return { row, attempts, isEnrolled: Boolean(enrollment) }
  }

  view() {
    if (this.#sheet) return html`<quiz-sitting data-key="sitting"></quiz-sitting>`
    return loadable(this.#quiz, quiz => this.#page(quiz), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('quiz.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  drawn() {
    if (this.#sheet) this.querySelector('quiz-sitting').begin(this.#sheet)
  }

  #page({ row, attempts, isEnrolled }) {
    document.title = `${row.title} · OBox`
    const handedIn = attempts.filter(one => one.submittedAt)
    return html`
      <a class="back" href="/courses/${row.courseId}">${icon('back')}${row.courseTitle}</a>
      <header class="page-head"><div>
        ${row.isPassed && html`<p class="course-marks"><span
          class="tag tag-good">${t('quiz.passed')}</span></p>`}
        <h1>${row.title}</h1><p class="lead">${this.#facts(row)}</p></div>
        <div class="head-actions">${this.#forward(row, isEnrolled)}${can(right) && html`
          <a class="button" data-key="results" href="/quizzes/${row.id}/results">${t('quiz.statistics')}</a>
          <a class="button" data-key="edit" href="/quizzes/${row.id}/edit">
            ${icon('edit')}${t('action.edit')}</a>`}</div></header>
      <div class="quiz-about">
        ${row.description && html`<p class="document-text">${row.description}</p>`}
        ${notice(this.#sentence(row, isEnrolled))}
        ${handedIn.length > 0 && html`<section class="card" aria-labelledby="attempts-title">
          <h2 id="attempts-title">${t('quiz.attempts')}</h2>
          <ul class="quiz-attempts">${handedIn.map(one => html`<li
            data-key="attempt-${one.id}">
            <a href="/quizzes/${row.id}/attempts/${one.id}"><strong>
              ${t('quiz.attempt', { number: one.attempt })}</strong>
              <span>${percent(one.score)}</span><span class="quiet">${dateAndTime(one.submittedAt)}</span>
                </a></li>`)}</ul>
        </section>`}</div>`
  }

  #facts(row) {
    const drawn = row.pool && row.pool < row.questionCount
    return [
      t(drawn ? 'quiz.drawn' : 'quiz.count', { count: drawn ? row.pool : row.questionCount }),
      row.timeLimit && t('course.minutes', { count: row.timeLimit }), t('quiz.toPass', { score: percent(row.passingScore) }),
      row.negative > 0 && t('quiz.negative', { share: percent(row.negative) }), !row.isRequired && t('quiz.optional'),
      row.bestScore !== null && t('quiz.best', { score: percent(row.bestScore) }),
    ].filter(Boolean).join(' · ')
  }

  #left = row => Math.max(0, (row.allowRetries ? row.maxAttempts : 1) + row.extraAttempts - row.attemptCount)

  /** What stands in the way, or what to know before. */
  #sentence(row, isEnrolled) {
    if (!row.questionCount) return t('quiz.noQuestions')
    if (!isEnrolled) return t('quiz.enrollFirst')
    if (row.isOpen || row.isPassed) return null
    const left = this.#left(row)
    if (!left) return t('quiz.noneLeft')
    return [t('quiz.left', { count: left }), row.timeLimit && t('quiz.clockRuns')].filter(Boolean).join('. ').replace('..', '.')
  }

  #forward(row, isEnrolled) {
    const isOffered = isEnrolled && (row.isOpen || row.questionCount > 0 && !row.isPassed && this.#left(row) > 0)
    const words = row.isOpen ? 'quiz.goOn' : row.attemptCount ? 'quiz.retry' : 'quiz.start'
    return isOffered && html`<button type="button" class="button button-primary" data-key="start"
      data-click="start"
      ?disabled=${this.#isStarting} ?data-busy=${this.#isStarting}>${icon('play')}${t(words)}</button>`
  }

  again() { this.#quiz.load() }

  async start() {
    this.#isStarting = true
    this.update()
    try {
      this.#sheet = await post(`${this.#path}/start`)
    } catch (error) {
      toast(error.message, 'error')
      this.again()
    }
    this.#isStarting = false
    this.update()
  }
}

customElements.define('quiz-page', QuizPage)
route('/quizzes/:id', ({ id }) => html`<quiz-page data-key="quiz-${id}" row="${id}"></quiz-page>`,
  { access: 'signedIn', title: 'quiz.one' })
