import { number, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { isAnswered, markOf } from '../lib/quiz.js'

const picture = ({ imageUrl }) => imageUrl && html`<img class="quiz-picture" src="${imageUrl}" alt="">`
const points = ({ points: count }) => html`<span class="quiet">
  ${t('quiz.points', { count, points: number(count, 2) })}</span>`

const hints = {
  single: 'quiz.chooseOne', boolean: 'quiz.chooseOne', multiple: 'quiz.chooseSome', text: 'quiz.yourAnswer',
  number: 'quiz.yourAnswer', order: 'quiz.putInOrder', match: 'quiz.matchUp',
}

/** A question to be answered, the `index`-th of the page. Its controls call `choose`, `type`, `move` and `pair`. */
export const questionToAnswer = (question, index, count, answer, isCurrent) => html`
  <fieldset class="card quiz-question" id="question-${index + 1}" data-key="question-${question.id}"
    data-index="${index}"
    ?data-current=${isCurrent}>
    <legend><span class="quiz-place">${t('quiz.place', { place: index + 1, count })}</span></legend>
    <p class="quiz-text" id="quiz-text-${index}">${question.text}</p>
    ${picture(question)}
    <p class="quiz-hint"><span>${t(hints[question.type])}</span>${points(question)}</p>
    ${controls[question.type](question, index, answer)}
  </fieldset>`

const choice = (kind, index, place, label, isChosen) => html`
  <label class="quiz-option" data-key="option-${place}"><input type="${kind}" name="answer-${index}"
    value="${place}"
    data-change="choose" data-index="${index}" ?checked=${isChosen}>
    <span class="quiz-option-number" aria-hidden="true">${place + 1}</span><span>${label}</span></label>`

const options = (kind, isChosen) => (question, index, answer) => html`<div class="quiz-options">
  ${question.options.map((label, place) => choice(kind, index, place, label, isChosen(answer, place)))}</div>`

const field = mode => (_, index, answer) => html`<input class="input" type="text" data-input="type"
  data-index="${index}"
  aria-labelledby="quiz-text-${index}" autocomplete="off" spellcheck="false" maxlength="500" ${mode &&
    html`inputmode="${mode}"`}
  value="${answer ?? ''}">`

const controls = {
  single: options('radio', (answer, place) => answer === place),
  multiple: options('checkbox', (answer, place) => (answer ?? []).includes(place)),
  boolean: (_, index, answer) => html`<div class="quiz-options">${[true, false].map((truth, place) =>
    choice('radio', index, place, t(truth ? 'quiz.true' : 'quiz.false'), answer === truth))}</div>`,
  text: field(null),
  number: field('decimal'),
  order(question, index, answer) {
    const order = answer ?? question.options.map((_, place) => place)
    const button = (step, at, sign, words) => html`<button type="button" class="icon-button" data-click="move"
      data-index="${index}" data-at="${at}" data-step="${step}" ?disabled=${at + step < 0
        || at + step >= order.length}
      aria-label="${t(words, { name: question.options[order[at]] })}"
        title="${t(words, { name: question.options[order[at]] })}">
      ${icon(sign)}</button>`
    return html`<ol class="quiz-order">${order.map((place, at) => html`<li data-key="order-${place}">
      <span>${question.options[place]}</span><span class="row-actions">${button(-1, at, 'up', 'quiz.up')}
        ${button(1, at, 'down', 'quiz.down')}</span></li>`)}</ol>`
  },
  match: (question, index, answer) => html`<div class="quiz-pairs">${question.options.map((label, place) =>
    html`
    <label data-key="pair-${place}"><span>${label}</span><select class="input" data-change="pair"
      data-index="${index}"
      data-place="${place}"><option value="">${t('quiz.choose')}</option>
      ${question.choices.map((text, at) => html`<option value="${at}"
        ?selected=${answer?.[place] === at}>${text}</option>`)}
      </select></label>`)}</div>`,
}

/** An answer in words. */
function inWords(question, answer) {
  const named = (list, index) => index === null || index === undefined ? '–' : list[index] ?? '–'
  switch (question.type) {
    case 'boolean': return t(answer ? 'quiz.true' : 'quiz.false')
    case 'single': return named(question.options, answer)
    case 'multiple': return answer.map(index => named(question.options, index)).join(', ')
    case 'order': return answer.map(index => named(question.options, index)).join(' → ')
    case 'match': return question.options.map((text, place) => `${text} → ${named(question.choices, answer[place])}`).join(', ')
    case 'text': return Array.isArray(answer) ? answer.join(', ') : answer
    default: return typeof answer === 'number' ? number(answer, 9)
      : answer.tolerance ? t('quiz.tolerance', { value: number(answer.value, 9), tolerance: number(answer.tolerance, 9) })
        : number(answer.value, 9)
  }
}

const signs = { right: 'check', partly: 'check', wrong: 'close', open: 'info' }

/** A question after an attempt: how it was answered, marked and explained. */
export function questionMarked(question, index, count) {
  const mark = markOf(question)
  return html`<section class="card quiz-question" data-key="marked-${question.id}" data-mark="${mark}"
    aria-labelledby="quiz-text-${index}">
    <p class="quiz-hint"><span class="quiz-place">${t('quiz.place', { place: index + 1, count })}</span>
      <span class="quiz-mark">${icon(signs[mark])}${t(`quiz.mark.${mark}`)}${mark === 'partly'
        && html` · ${percent(question.share * 100)}`}</span></p>
    <h2 class="quiz-text" id="quiz-text-${index}">${question.text}</h2>
    ${picture(question)}
    ${isAnswered(question.answer) &&
      html`<p>${t('quiz.given', { answer: inWords(question, question.answer) })}</p>`}
    ${mark !== 'right' && question.correctAnswer !== undefined && question.correctAnswer !== null && html`<p
      class="quiz-right">
      ${t('quiz.rightAnswer', { answer: inWords(question, question.correctAnswer) })}</p>`}
    ${question.explanation && html`<p class="quiz-explanation">${question.explanation}</p>`}
  </section>`
}
