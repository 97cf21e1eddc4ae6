import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { notice } from '../elements/notices.js'
import { questionMarked } from '../elements/quiz-question.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { dateAndTime, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { session } from '../lib/session.js'

/** An attempt that was handed in: its score, and each question with its marks. */
class QuizAttemptPage extends ViewElement {
  #sheet = new Loader(this, signal => get(this.#path, { signal }))

  connected() { this.again() }

  get #path() {
    return `/api/quizzes/${encodeURIComponent(this.getAttribute('quiz'))}/attempts/${encodeURIComponent(this.getAttribute('row'))}`
  }

  again() { this.#sheet.load() }

  view() {
    return loadable(this.#sheet, sheet => this.#page(sheet), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('quiz.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  #page(sheet) {
    document.title = `${sheet.quizTitle} · OBox`
    const isOwn = String(session.get().user?.id) === sheet.userId
    const facts = [
      !isOwn && sheet.userName, t('quiz.attempt', { number: sheet.attempt }),
      sheet.submittedAt && dateAndTime(sheet.submittedAt), t('quiz.toPass', { score: percent(sheet.passingScore) }),
    ]
    return html`
      <a class="back" href="${isOwn ? `/quizzes/${sheet.quizId}` : `/quizzes/${sheet.quizId}/results`}">
        ${icon('back')}${sheet.quizTitle}</a>
      <header class="page-head"><div>
        <h1>${sheet.score === null ? t('quiz.open') : t(sheet.passed ? 'quiz.wellDone' : 'quiz.notYet')}</h1>
        <p class="lead">${facts.filter(Boolean).join(' · ')}</p></div>
        ${sheet.score !== null && html`<p class="quiz-score" ?data-passed=${sheet.passed}
          aria-label="${t('quiz.scoreOf', { score: percent(sheet.score) })}">
            ${percent(sheet.score)}</p>`}</header>
      ${notice(sheet.wasCut && t('quiz.cut'))}
      <div class="quiz-sheet">
        ${sheet.questions.map((one, index) => questionMarked(one, index, sheet.questions.length))}</div>
      <p class="quiz-foot">${isOwn && html`
        ${sheet.attemptsLeft > 0 && html`<a class="button" href="/quizzes/${sheet.quizId}">
          ${icon('reboot')}${t('quiz.retry')}</a><span class="quiet">
            ${t('quiz.left', { count: sheet.attemptsLeft })}</span>`}
        <a class="button ${sheet.attemptsLeft > 0 ? '' : 'button-primary'}" href="/courses/${sheet.courseId}">
          ${t('course.continue')}${icon('next')}</a>`}</p>`
  }
}

customElements.define('quiz-attempt-page', QuizAttemptPage)
route('/quizzes/:quiz/attempts/:id', ({ quiz, id }) => html`<quiz-attempt-page data-key="attempt-${id}"
  quiz="${quiz}"
  row="${id}"></quiz-attempt-page>`, { access: 'signedIn', title: 'quiz.one' })
