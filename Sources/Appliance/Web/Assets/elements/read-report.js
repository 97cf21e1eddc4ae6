import './time-ago.js'
import { briefly, loadable, moreButton, skeletons } from './loadable.js'
import { face } from './presence-list.js'
import { post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { toast } from '../lib/toast.js'

/** The report of who has confirmed having read a row: `path`; a change of `revision` reloads it. */
class ReadReport extends ViewElement {
  static observedAttributes = ['revision']
  #state = 'waiting'
  #confirmed = 0
  #sending = false
  #list = null

  connected() {
    this.#list = new PagedList(`${this.getAttribute('path')}/confirmations`, {
      rowsOf: answer => { this.#confirmed = answer.confirmed; return answer.people },
      changed: () => this.update(),
    })
    this.#list.filter({ state: this.#state })
  }

  attributeChangedCallback() { this.#list?.refresh() }

  view() {
    const { total } = this.#list
    const left = (total ?? 0) - this.#confirmed
    return html`
      <section class="card read-report" aria-labelledby="report-title">
        <header><h2 id="report-title">${t('report.title')}</h2>
          <a class="button button-small" href="${this.getAttribute('path')}/confirmations.csv" download
            >${icon('download')}CSV</a>
          <a class="button button-small" href="${this.getAttribute('path')}/confirmations.pdf" download
          >${icon('download')}PDF</a></header>
        ${total !== null && html`<p><strong>
          ${t('report.count', { done: this.#confirmed, count: total })}</strong></p>
        <progress class="report-bar" max="${Math.max(1, total)}" value="${this.#confirmed}"
          aria-label="${t('report.title')}"></progress>`}
        <div class="switch-choices">${['waiting', 'confirmed'].map(state => html`
          <button type="button" data-click="choose" data-state="${state}"
            aria-pressed="${state === this.#state ? 'true' : 'false'}">
              ${t(`report.${state}`)}</button>`)}</div>
        ${loadable(this.#list, rows => this.#rows(rows), {
          waiting: skeletons('channel', 3), failed: briefly,
          empty: html`<p class="quiet">${t(`report.none.${this.#state}`)}</p>`,
        })}
        ${left > 0 && html`<button type="button" class="button" data-click="remind" ?disabled=${this.#sending}
          ?data-busy=${this.#sending}>${icon('bell')}${t('report.remind', { count: left })}</button>`}
      </section>`
  }

  #rows(rows) {
    return html`<ul class="report-people" tabindex="0"
      aria-label="${t(`report.${this.#state}`)}">${rows.map(person => html`
      <li data-key="reader-${person.id}">${face(person)}<span class="report-who"><strong>
        ${person.name}</strong>
        <small>${[person.department, person.version].filter(Boolean).join(' · ')}</small></span>
        ${person.confirmedAt && html`<time-ago moment="${person.confirmedAt}"></time-ago>`}</li>`)}</ul>
      ${moreButton(this.#list)}`
  }

  older() { this.#list.older() }

  choose(_, { dataset: { state } }) {
    this.#state = state
    this.#list.rows = null
    this.#list.filter({ state })
    this.update()
  }

  async remind() {
    this.#sending = true
    this.update()
    try {
      const { count } = await post(`${this.getAttribute('path')}/remind`)
      toast(t('report.reminded', { count }), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#sending = false
    this.update()
  }
}

customElements.define('read-report', ReadReport)
