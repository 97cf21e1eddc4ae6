import { briefly, loadable, moreButton, skeletons } from './loadable.js'
import { face } from './presence-list.js'
import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { date } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { toast } from '../lib/toast.js'
import { trainingPath } from '../lib/trainings.js'

const states = ['done', 'registered', 'waiting', 'expired', 'late', 'missing']
/** Those who are reminded. */
const open = ['expired', 'late', 'missing']

/** Who has completed a mandatory training and who is late: `training`; a change of `revision` reloads it. */
class TrainingReport extends ViewElement {
  static observedAttributes = ['revision']
  #state = ''
  #counts = {}
  #sending = false
  #list = null

  connected() {
    this.#list = new PagedList(trainingPath(this.getAttribute('training'), '/compliance'), {
      rowsOf: answer => { this.#counts = answer.counts; return answer.people },
      changed: () => this.update(),
    })
    this.#list.refresh()
  }

  attributeChangedCallback() { this.#list?.refresh() }

  view() {
    const { total } = this.#list
    const left = open.reduce((sum, state) => sum + (this.#counts[state] ?? 0), 0)
    return html`
      <section class="card read-report" aria-labelledby="report-title">
        <header><h2 id="report-title">${t('training.report')}</h2>
          <a class="button button-small" download
            href="${trainingPath(this.getAttribute('training'), '/compliance.csv')}"
            >${icon('download')}CSV</a></header>
        ${total !== null && html`<p><strong>
          ${t('training.reportCount', { done: this.#counts.done, count: total })}</strong></p>
        <progress class="report-bar" max="${Math.max(1, total)}" value="${this.#counts.done}"
          aria-label="${t('training.report')}"></progress>
        <select class="input" data-change="choose" aria-label="${t('training.reportState')}">
          <option value="">${t('training.everyState')}</option>
          ${states.map(state => html`<option value="${state}" ?selected=${state === this.#state}>
            ${t(`training.state.${state}`)} (${this.#counts[state]})</option>`)}</select>`}
        ${loadable(this.#list, rows => this.#rows(rows), {
          waiting: skeletons('channel', 3), failed: briefly,
          empty: html`<p class="quiet">${t('training.noneInState')}</p>`,
        })}
        ${left > 0 && html`<button type="button" class="button" data-click="remind" ?disabled=${this.#sending}
          ?data-busy=${this.#sending}>${icon('bell')}${t('report.remind', { count: left })}</button>`}
      </section>`
  }

  #rows(rows) {
    return html`<ul class="report-people" tabindex="0" aria-label="${t('training.report')}">
      ${rows.map(person => this.#row(person))}</ul>${moreButton(this.#list)}`
  }

  #row(person) {
    const { id, name, department, state, validUntil } = person
    const facts = [department, validUntil && t('training.validUntil', { day: date(validUntil) })]
    return html`
      <li data-key="person-${id}">${face(person)}<span class="report-who"><strong>${name}</strong>
        <small>${facts.filter(Boolean).join(' · ')}</small></span>
        <span class="tag training-state" data-state="${state}">${t(`training.state.${state}`)}</span></li>`
  }

  older() { this.#list.older() }

  choose(_, { value }) {
    this.#state = value
    this.#list.filter({ state: value })
  }

  async remind() {
    this.#sending = true
    this.update()
    try {
      toast((await post(trainingPath(this.getAttribute('training'), '/remind'))).message, 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#sending = false
    this.update()
  }
}

customElements.define('training-report', TrainingReport)
