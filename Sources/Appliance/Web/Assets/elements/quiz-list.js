import { percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The quizzes of a course; those without questions are shown to authors only. */
export function quizList(quizzes, { isOpen, isAuthor }) {
  const shown = [...quizzes].reverse().filter(one => isAuthor || one.questionCount > 0)
  return shown.length > 0 && html`<ul class="lessons">${shown.map(one => row(one, isOpen || isAuthor))}</ul>`
}

function row(quiz, isOpen) {
  const sign = quiz.isPassed ? 'check' : isOpen ? 'play' : 'lock'
  const state = quiz.isPassed ? 'passed' : quiz.isOpen ? 'open' : isOpen ? 'todo' : 'locked'
  const about = [
    t('quiz.count', { count: quiz.pool ? Math.min(quiz.pool, quiz.questionCount) : quiz.questionCount }),
    quiz.timeLimit && t('course.minutes', { count: quiz.timeLimit }), !quiz.isRequired && t('quiz.optional'),
    quiz.bestScore !== null && t('quiz.best', { score: percent(quiz.bestScore) }),
  ].filter(Boolean).join(' · ')
  return html`<li class="lesson-row" data-key="quiz-${quiz.id}"><a href="/quizzes/${quiz.id}">
    <span class="lesson-number" ?data-done=${quiz.isPassed}>${icon(sign)}<span class="visually-hidden">
      ${t(`quiz.${state}`)}</span></span>
    <span class="lesson-name"><strong>${quiz.title}</strong><small>${about}</small></span></a></li>`
}
