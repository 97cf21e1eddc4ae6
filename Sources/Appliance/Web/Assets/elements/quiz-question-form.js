import './file-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { mostOptions, types } from '../lib/quiz.js'

const id = (question, name) => `${question.key}-${name}`

/** A labelled input of a question; what is typed calls `typed` of the editor. */
function field(question, name, label, { area = false, mode = null, hint = null, narrow = false, error = null } = {}) {
  const shared = html`class="input" id="${id(question, name)}" data-input="typed"
    data-question="${question.key}" data-field="${name}"
    aria-describedby="${id(question, name)}-hint ${id(question, name)}-error"
    ${error && html`aria-invalid="true"`}`
  return html`<div class="field ${narrow ? 'quiz-narrow-field' : ''} ${error ? 'field-wrong' : ''}"><label
    for="${id(question, name)}">
    ${label}</label>
    ${area ? html`<textarea ${shared} rows="2" spellcheck="true">${question[name]}</textarea>`
      : html`<input ${shared} type="text" autocomplete="off" ${mode && html`inputmode="${mode}"`}
        value="${question[name]}">`}
    ${hint && html`<p class="field-hint" id="${id(question, name)}-hint">${hint}</p>`}
    <p class="field-error" id="${id(question, name)}-error">${error}</p></div>`
}

const optionInput = (question, option, name, label) => html`<input class="input" type="text"
  autocomplete="off" maxlength="500"
  data-input="typedOption" data-question="${question.key}" data-option="${option.key}" data-field="${name}"
    aria-label="${label}"
  placeholder="${label}" value="${option[name]}">`

const optionButton = (question, option, method, sign, label, isOff = false) => html`<button type="button"
  class="icon-button"
  data-click="${method}" data-question="${question.key}" data-option="${option.key}" ?disabled=${isOff}
  title="${label}" aria-label="${label}">${icon(sign)}</button>`

const mark = (question, option, number) => html`<input type="${question.type === 'single' ? 'radio'
  : 'checkbox'}"
  name="right-${question.key}" data-change="marked" data-question="${question.key}"
    data-option="${option.key}"
  ?checked=${option.isRight} aria-label="${t('quiz.isRight', { number })}">`

function optionRow(question, option, index) {
  const number = index + 1
  const name = option.text || number
  const isLast = number === question.options.length
  const isLeast = question.options.length <= 2
  const isMarked = question.type === 'single' || question.type === 'multiple'
  const gone = t('quiz.removeOption', { number })
  return html`<li data-key="${option.key}">
    ${isMarked && mark(question, option, number)}
    ${question.type === 'order' && html`<span class="quiz-option-number" aria-hidden="true">${number}</span>`}
    ${optionInput(question, option, 'text', t('quiz.option', { number }))}
    ${question.type === 'match' && html`<span aria-hidden="true">→</span>
      ${optionInput(question, option, 'match', t('quiz.matchOf', { number }))}`}
    ${question.type === 'order' && html`
      ${optionButton(question, option, 'optionUp', 'up', t('quiz.up', { name }), !index)}
      ${optionButton(question, option, 'optionDown', 'down', t('quiz.down', { name }), isLast)}`}
    ${optionButton(question, option, 'removeOption', 'close', gone, isLeast)}</li>`
}

const optionHints = { single: 'quiz.optionsHint', multiple: 'quiz.optionsHint', order: 'quiz.orderHint', match: 'quiz.matchHint' }

const options = question => html`<fieldset class="quiz-option-fields"><legend>${t('quiz.options')}</legend>
  <p class="field-hint">${t(optionHints[question.type])}</p>
  <ol>${question.options.map((option, index) => optionRow(question, option, index))}</ol>
  ${question.options.length < mostOptions && html`<button type="button" class="button button-small"
    data-click="addOption"
    data-question="${question.key}">${icon('plus')}${t('quiz.addOption')}</button>`}</fieldset>`

const answers = {
  single: options, multiple: options, order: options, match: options,
  boolean: question => html`<fieldset class="quiz-truth"><legend>${t('quiz.options')}</legend>
    ${[true, false].map(truth => html`<label class="check"><input type="radio" name="right-${question.key}"
      data-change="truth" data-question="${question.key}" value="${truth ? 1 : 0}"
        ?checked=${question.truth === truth}>
      <span>${t(truth ? 'quiz.true' : 'quiz.false')}</span></label>`)}</fieldset>`,
  text: question => field(question, 'texts', t('quiz.accepted'), { area: true, hint: t('quiz.acceptedHint') }),
  number: question => html`<div class="quiz-row">
    ${field(question, 'value', t('quiz.value'), { mode: 'decimal' })}
    ${field(question, 'tolerance', t('quiz.toleranceField'), { mode: 'decimal' })}</div>`,
}

const tool = (question, method, sign, label, isOff = false) => html`<button type="button" class="icon-button"
  data-click="${method}"
  data-question="${question.key}" ?disabled=${isOff} title="${label}" aria-label="${label}">
    ${icon(sign)}</button>`

const wrong = error => html`<p class="field-error" role="alert">${error}</p>`

/** The form of a question, the `index`-th of `count`, with the errors of the server. */
export function questionForm(question, index, count, errors = {}) {
  const number = index + 1
  return html`<section class="card quiz-form" data-key="${question.key}" data-question="${question.key}"
    aria-labelledby="${id(question, 'title')}" ?data-wrong=${Object.keys(errors).length > 0}>
    <header class="card-head"><h2 id="${id(question, 'title')}" tabindex="-1">
      ${t('quiz.place', { place: number, count })}</h2>
      <span class="row-actions">
        ${tool(question, 'up', 'up', t('quiz.moveUp', { number }), !index)}
        ${tool(question, 'down', 'down', t('quiz.moveDown', { number }), number === count)}
        ${tool(question, 'duplicate', 'copy', t('quiz.duplicate', { number }))}
        ${tool(question, 'removeQuestion', 'trash', t('quiz.remove', { number }))}</span></header>
    <div class="quiz-row"><div class="field"><label for="${id(question, 'type')}">${t('quiz.type')}</label>
      <select class="input" id="${id(question, 'type')}" data-change="retyped"
        data-question="${question.key}">${types.map(type =>
        html`<option value="${type}" ?selected=${type === question.type}>
          ${t(`quiz.type.${type}`)}</option>`)}</select></div>
      ${field(question, 'points', t('quiz.pointsField'), {
        mode: 'decimal', narrow: true, error: errors.points,
      })}</div>
    ${field(question, 'text', t('quiz.text'), { area: true, error: errors.text })}
    ${answers[question.type](question)}
    ${wrong(errors.answers ?? errors.type)}
    ${field(question, 'explanation', t('quiz.explanationField'), { area: true, error: errors.explanation })}
    <file-field data-key="${question.key}-picture" name="picture-${question.key}"
      label="${t('quiz.picture')}" accept="image/*"
      value="${question.imageUrl}" error="${errors.imageUrl}"></file-field>
  </section>`
}
