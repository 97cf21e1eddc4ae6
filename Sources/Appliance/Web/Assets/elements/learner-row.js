import './time-ago.js'
import { face } from './presence-list.js'
import { percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The state of a learner as a tag. */
export const stateTag = state => html`<span class="tag learner-state" data-state="${state}">
  ${t(`teach.state.${state}`)}</span>`

const day = 86_400_000
const wasJustReminded = ({ remindedAt }, now = Date.now()) => remindedAt !== null && now - Date.parse(remindedAt) < day

const quizWords = ({ title, bestScore, attempts, allowedAttempts }) => t('teach.quiz', {
  name: title, score: bestScore === null ? '–' : percent(bestScore), used: attempts, allowed: allowedAttempts,
})

/** Where the learner is, when they were active, and how long they have learned. */
const facts = ({ state, lessonTitle, lastActiveAt, timeSpent }) => [
  state !== 'done' && lessonTitle && t('teach.at', { name: lessonTitle }),
  lastActiveAt && html`${t('teach.active')} <time-ago moment="${lastActiveAt}"></time-ago>`,
  timeSpent > 0 && t('teach.minutes', { count: timeSpent }),
].filter(Boolean).map((part, index) => html`${index > 0 && ' · '}${part}`)

/** A learner in their trainer's list; its buttons call `remind()` and `attempt()` of the element. */
export const learnerRow = (person, { busy, mayRemind }) => html`
  <li class="learner" data-key="learner-${person.id}">
    <span class="learner-who">${face(person)}<span><strong>${person.name}</strong>
      <small>${person.department}</small></span></span>
    <span class="learner-standing">${stateTag(person.state)}
      ${person.state !== 'notStarted' && html`<span class="course-progress"><progress max="100"
        value="${person.progress}" aria-label="${t('teach.progressOf', { name: person.name })}"></progress>
        <span>${percent(person.progress)}</span></span>`}</span>
    <span class="learner-facts">${facts(person)}
      ${person.quizzes.filter(one => one.attempts > 0).map(one => html`
        <small>${quizWords(one)}</small>`)}
      ${person.remindedAt && html`<small>${t('teach.reminded')}
        <time-ago moment="${person.remindedAt}"></time-ago></small>`}</span>
    <span class="learner-actions">
      ${mayRemind && person.quizzes.some(one => one.isUsedUp) && html`<button type="button"
        class="button button-small" data-click="attempt" data-id="${person.id}" ?disabled=${busy}
        aria-label="${t('teach.attemptTo', { name: person.name })}">${icon('plus')}
        ${t('teach.attempt')}</button>`}
      ${mayRemind && person.state !== 'done' && !wasJustReminded(person) && html`<button type="button"
        class="button button-small" data-click="remind" data-id="${person.id}" ?disabled=${busy}
        aria-label="${t('teach.remindName', { name: person.name })}">${icon('bell')}
        ${t('teach.remind')}</button>`}</span>
  </li>`
