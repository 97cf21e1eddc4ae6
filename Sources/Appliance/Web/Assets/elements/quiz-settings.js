import './form-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { numberOf } from '../lib/quiz.js'

/** The settings of a new quiz. */
export const initial = {
  title: '', description: '', passingScore: 70, timeLimit: null, maxAttempts: 3, allowRetries: true, isRequired: true,
  shuffles: false, pool: null, negative: 0, questions: [],
}
const texts = ['title', 'description']
const numbers = ['passingScore', 'timeLimit', 'maxAttempts', 'pool', 'negative']
const flags = ['isRequired', 'shuffles']

/** The form of a quiz's settings, with the errors of the server by field. */
export function quizSettings(quiz, errors) {
  const field = (name, words, { hint = null, type = null, mode = 'numeric', optional = true } = {}) =>
    html`<form-field
    data-key="${name}" name="${name}" label="${t(words)}" value="${quiz[name] ?? ''}"
      error="${errors[name]}"
    ${hint && html`hint="${t(hint)}"`} ${type && html`type="${type}"`} ${mode &&
      html`inputmode="${mode}"`} prose ?optional=${optional}></form-field>`
  const flag = (name, words) => html`<label class="check"><input type="checkbox" name="${name}"
    ?checked=${quiz[name]}>
    <span>${t(words)}</span></label>`
  return html`<form class="card quiz-settings" data-key="settings" data-submit="save" novalidate
    aria-labelledby="settings-title">
    <h2 id="settings-title">${t('quiz.settings')}</h2>
    ${field('title', 'quiz.name', { mode: null, optional: false })}${field('description', 'quiz.description', { type: 'area', mode: null })}
    <div class="quiz-row">${field('passingScore', 'quiz.passingScore', { optional: false })}
      ${field('maxAttempts', 'quiz.maxAttempts', { optional: false })}</div>
    <div class="quiz-row">${field('timeLimit', 'quiz.timeLimit', { hint: 'quiz.timeLimitHint' })}
      ${field('pool', 'quiz.pool', { hint: 'quiz.poolHint' })}</div>
    ${field('negative', 'quiz.penalty', { optional: false })}
    ${flag('isRequired', 'quiz.required')}${flag('shuffles', 'quiz.shuffles')}</form>`
}

/** What is typed in the form, by field. */
export function typedSettings(form) {
  const data = new FormData(form)
  const typed = Object.fromEntries([...texts, ...numbers].map(name => [name, String(data.get(name) ?? '')]))
  for (const name of flags) typed[name] = data.has(name)
  return typed
}

/** The same as the API takes it. What is no number is left to the server to say. */
export function settingsBody(typed) {
  const body = { ...typed, allowRetries: true }
  for (const name of texts) body[name] = typed[name].trim()
  for (const name of numbers) {
    const text = typed[name].trim()
    body[name] = text ? numberOf(text) ?? text : initial[name]
  }
  return body
}
