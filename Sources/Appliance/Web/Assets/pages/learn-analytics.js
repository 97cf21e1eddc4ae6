import { loadable, skeletons } from '../elements/loadable.js'
import { learnTabs } from '../elements/section-tabs.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { date, monthName, number } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { addressOf, shareOf } from '../lib/learning.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'

const address = '/api/learning/analytics'

/** For managers: compliance with what is mandatory, completion by department and by month. */
class LearnAnalytics extends ViewElement {
  #figures = new Loader(this, signal => get(address, { signal }))

  connected() { this.again() }
  again() { this.#figures.load() }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('figures.title')}</h1>
        <p class="lead">${t('figures.lead')}</p></div></header>
      ${learnTabs()}
      ${loadable(this.#figures, ({ mandatory, departments, months }) => html`<div class="learn-figures">
        ${this.#mandatory(mandatory)}${this.#departments(departments)}${this.#months(months)}</div>`,
      { waiting: skeletons('card', 3) })}`
  }

  #head(id, key, file) {
    return html`<header class="card-head"><h2 id="${id}">${t(key)}</h2>
      ${file && html`<a class="button button-small" href="${address}/${file}.csv" download
        aria-label="${t('figures.csvOf', { name: t(key) })}">${icon('download')}CSV</a>`}</header>`
  }

  #table(label, heads, rows) {
    return html`<div class="learn-table" tabindex="0" role="group" aria-labelledby="${label}"><table>
      <thead><tr>${heads.map(key => html`<th scope="col">${t(key)}</th>`)}</tr></thead>
      <tbody>${rows}</tbody></table></div>`
  }

  #bar(key, part, whole) {
    return html`<td data-label="${t(key)}"><span class="course-progress"><progress max="100"
      value="${shareOf(part, whole)}"
      aria-hidden="true"></progress><span>${t('figures.of', { done: number(part), count: number(whole) })}
      </span></span></td>`
  }

  #mandatory(rows) {
    const heads = ['figures.name', 'figures.done', 'figures.underway', 'figures.late', 'figures.missing']
    const table = () => this.#table('figures-mandatory', heads, rows.map(one => this.#duty(one)))
    return html`<section class="card" aria-labelledby="figures-mandatory">
      ${this.#head('figures-mandatory', 'figures.mandatory', rows.length > 0 && 'mandatory')}
      ${rows.length ? table() : html`<p class="quiet">${t('figures.noMandatory')}</p>`}</section>`
  }

  #duty(one) {
    const by = one.deadline && t('learn.dueBy', { day: date(one.deadline) })
    const late = one.late > 0 ? html`<strong class="learn-late">${number(one.late)}</strong>` : '0'
    return html`<tr data-key="${one.kind}-${one.id}">
      <th scope="row"><a href="${this.#page(one)}">${one.title}</a>
        <small>${[t(`learn.kind.${one.kind}`), by].filter(Boolean).join(' · ')}</small></th>
      ${this.#bar('figures.done', one.done, one.total)}
      <td data-label="${t('figures.underway')}">${number(one.underway)}</td>
      <td data-label="${t('figures.late')}">${late}</td>
      <td data-label="${t('figures.missing')}">${number(one.missing)}</td></tr>`
  }

  #page(one) { return one.kind === 'course' ? `/courses/${one.id}/learners` : addressOf(one) }

  #departments(rows) {
    const heads = ['teach.department', 'figures.people', 'figures.courses', 'figures.trainings']
    return html`<section class="card" aria-labelledby="figures-departments">
      ${this.#head('figures-departments', 'figures.departments', 'departments')}
      ${this.#table('figures-departments', heads, rows.map(one => this.#department(one)))}</section>`
  }

  #department({ department, people, courses, trainings }) {
    return html`<tr data-key="department-${department}">
      <th scope="row">${department || t('figures.noDepartment')}</th>
      <td data-label="${t('figures.people')}">${number(people)}</td>
      ${this.#bar('figures.courses', courses.completed, courses.enrolled)}
      ${this.#bar('figures.trainings', trainings.completed, trainings.registered)}</tr>`
  }

  #months(rows) {
    const heads = ['figures.month', 'figures.courses', 'figures.trainings']
    const most = Math.max(1, ...rows.flatMap(({ courses, trainings }) => [courses, trainings]))
    const bar = (key, count) => html`<td data-label="${t(key)}"><span class="course-progress"><progress
      max="100"
      value="${shareOf(count, most)}" aria-hidden="true"></progress>
      <span>${number(count)}</span></span></td>`
    return html`<section class="card" aria-labelledby="figures-months">
      ${this.#head('figures-months', 'figures.months')}
      ${this.#table('figures-months', heads, rows.map(one => html`<tr data-key="month-${one.month}">
        <th scope="row">${monthName(`${one.month}-15`)}</th>
        ${bar('figures.courses', one.courses)}${bar('figures.trainings', one.trainings)}
      </tr>`))}</section>`
  }
}

customElements.define('learn-analytics', LearnAnalytics)
route('/learn/analytics', () => html`<learn-analytics data-key="analytics"></learn-analytics>`,
  { access: 'manage_trainings', title: 'figures.title' })
