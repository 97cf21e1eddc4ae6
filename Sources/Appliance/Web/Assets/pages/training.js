import '../elements/form-field.js'
import '../elements/table-dialog.js'
import '../elements/training-part.js'
import '../elements/training-people.js'
import '../elements/training-report.js'
import { certificateButton } from '../elements/certificate-parts.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { stepButton, trainingMarks } from '../elements/training-row.js'
import { get, post, remove } from '../lib/api.js'
import { dayOf } from '../lib/calendar.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { date, duration, spanOfTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { notifications } from '../lib/notifications.js'
import { go, route } from '../lib/router.js'
import { can, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { mayLead, right, trainingTable } from '../lib/training-rights.js'
import { isRecorded, placesOf, takenOf, trainingPath } from '../lib/trainings.js'

/** One training: what it is, the user's part in it, and for its instructor who takes part and who has to. */
class TrainingPage extends ViewElement {
  #row = new Loader(this, signal => this.#fetch(signal))
  #revision = 0
  #busy = false

  connected() {
    this.listen(this, 'row-saved', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(socket, 'TRAINING_UPDATE', ({ detail }) => { if (String(detail.id) === this.#id) this.again() })
    this.#row.load().then(() => this.#seen())
  }

  get #id() { return this.getAttribute('row') }
  get #path() { return trainingPath(this.#id) }

  async #fetch(signal) {
    const row = await get(this.#path, { signal })
    const part = row.myStatus && await get(`${this.#path}/participants/${session.get().user.id}`, { signal })
    const [certificate] = await get(`/api/my-certificates?limit=1&trainingId=${encodeURIComponent(this.#id)}`, { signal })
    return { ...row, part, certificate }
  }

  /** Marks the notifications about it as read. */
  #seen() {
    if (this.#row.value && notifications.get().unread > 0)
      post(`${this.#path}/seen`).catch(() => { /* it stays unread */ })
  }

  view() {
    return loadable(this.#row, row => this.#page(row), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('training.gone'), isPage: true,
        action: html`<a class="button" href="/learn/trainings">${icon('back')}${t('nav.trainings')}</a>`,
      }) : failure(error),
    })
  }

  drawn() {
    const part = this.querySelector('training-part')
    if (part) Object.assign(part, { record: this.#row.value.part, isOpen: isRecorded(this.#row.value) })
  }

  #page(row) {
    document.title = `${row.title} · OBox`
    const leads = mayLead(row)
    return html`
      <a class="back" href="/learn/trainings">${icon('back')}${t('nav.trainings')}</a>
      <header class="page-head"><div>
        <p class="announcement-marks">${trainingMarks(row)}</p><h1>${row.title}</h1>
        <p class="lead">${t(`training.category.${row.category}`)} ·
          ${t(`training.level.${row.difficulty}`)}</p></div>
        ${this.#actions(row)}</header>
      <div class="document-page">
        <div class="document-main">
          ${row.thumbnailUrl && html`<img class="announcement-picture" src="${row.thumbnailUrl}" alt="">`}
          ${row.part && html`<training-part data-key="part"></training-part>`}
          ${row.description && html`<p class="document-text">${row.description}</p>`}
          ${this.#documents(row)}
          <training-people data-key="people" training="${row.id}" revision="${this.#revision}" ?leads=${leads}
            ?records=${isRecorded(row)}></training-people>
        </div>
        <div class="document-side">${this.#facts(row)}
          ${leads && row.isMandatory && html`<training-report data-key="report" training="${row.id}"
            revision="${this.#revision}"></training-report>`}</div>
      </div>
      <table-dialog data-key="dialog"></table-dialog>`
  }

  #actions(row) {
    return html`
      <div class="head-actions">${stepButton(row, this.#busy)}${certificateButton(row.certificate)}
        ${row.startDate && html`<a class="icon-button" href="${this.#path}/training.ics" download
          title="${t('training.file')}" aria-label="${t('training.file')}">${icon('calendar')}</a>`}
        ${can(right) && html`<button type="button" class="icon-button" data-key="edit" data-click="edit"
          title="${t('action.edit')}" aria-label="${t('action.edit')}">${icon('edit')}</button>`}
        ${can(right) && row.completedCount === 0 && html`<button type="button" class="icon-button"
          data-key="delete" data-click="delete" title="${t('do.delete')}"
          aria-label="${t('do.delete')}">${icon('trash')}</button>`}
      </div>`
  }

  #facts(row) {
    const from = new Date(row.startDate)
    const to = new Date(row.endDate ?? row.startDate)
    const when = row.startDate ? spanOfTime({ allDay: false, first: dayOf(from), last: dayOf(to), from, to }) : t('training.noDate')
    const facts = [
      ['training.when', when], ['training.where', row.location],
      ['training.duration', row.duration > 0 && duration(row.duration * 60_000)],
      ['training.instructor', row.instructorName !== '—' && row.instructorName],
      ['training.participants', takenOf(row)],
      ['training.placesLeft', placesOf(row)], ['training.dueDate', row.dueDate && date(row.dueDate)],
      ['training.validity', row.validMonths && t('training.months', { count: row.validMonths })],
    ]
    return html`
      <section class="card" aria-labelledby="facts-title"><h2 id="facts-title">${t('document.about')}</h2>
        <dl class="document-facts">${facts.filter(([, value]) => value).map(([label, value]) => html`
          <div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl></section>`
  }

  #documents({ documentUrls, documentNames }) {
    if (!documentUrls.length) return null
    return html`
      <section class="card" aria-labelledby="documents-title"><h2 id="documents-title">
        ${t('training.documents')}</h2>
        <ul class="home-list">${documentUrls.map((address, index) => html`<li>
          <a href="${address}" target="_blank" rel="noopener">${icon('file')}
          <span>${documentNames[index] || t('files.number', { number: index + 1 })}</span></a></li>`)}</ul>
      </section>`
  }

  again() {
    this.#revision += 1
    this.#row.load()
  }

  async step(_, { dataset: { step } }) {
    const row = this.#row.value
    const question = { title: t('training.askCancel'), text: t('training.askCancelText'), yes: t('training.do.cancel') }
    if (step === 'cancel' && !await confirm({ ...question, danger: true })) return
    this.#busy = true
    this.update()
    try {
      if (step === 'cancel') await remove(`${this.#path}/participants/${session.get().user.id}`)
      const part = step === 'cancel' ? null : await post(`${this.#path}/participants`)
      toast(t(part ? part.isWaiting ? 'training.nowWaiting' : 'training.nowRegistered' : 'training.nowCancelled',
        { name: row.title }), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#busy = false
    this.again()
  }

  async edit() {
    const table = await trainingTable()
    if (table) this.querySelector('table-dialog')?.open(table, this.#row.value)
  }

  async delete() {
    const name = this.#row.value.title
    if (!await confirm({ title: t('tables.askDelete', { name }), text: t('training.askDeleteText'), yes: t('do.delete'), danger: true }))
      return
    try {
      await remove(this.#path)
      go('/learn/trainings')
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('training-page', TrainingPage)
route('/learn/trainings/:id', ({ id }) => html`<training-page data-key="training-${id}" row="${id}">
  </training-page>`,
  { access: 'signedIn', title: 'learn.title' })
