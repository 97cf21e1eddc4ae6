import '../elements/agenda-dialog.js'
import '../elements/event-dialog.js'
import '../elements/event-form.js'
import '../elements/feed-dialog.js'
import { monthView, weekView, listView } from '../elements/calendar-views.js'
import { failure, skeletons } from '../elements/loadable.js'
import { get } from '../lib/api.js'
import { ofAgenda, ofEntry, ofEvent, spanOf, startOf, plusDays, today, turned } from '../lib/calendar.js'
import { ViewElement } from '../lib/element.js'
import { monthName, weekName } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, place, route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const storageKey = 'obox.calendar'
const views = ['month', 'week', 'list']
const isPhone = () => matchMedia('(max-width: 48rem)').matches
const ahead = 366

function keptView() {
  try {
    const kept = localStorage.getItem(storageKey)
    if (views.includes(kept)) return kept
  } catch { /* storage is off */ }
  return isPhone() ? 'list' : 'month'
}

/** The organisation's events and the user's own entries, by month, by week or as a list. */
class CalendarPage extends ViewElement {
  #shown = keptView()
  #day = today()
  #isMine = false
  #items = new Loader(this, signal => this.#fetch(signal))
  #opened = null

  connected() {
    for (const frame of ['EVENTS_CHANGED', 'AGENDA_CHANGED', 'TRAINING_UPDATE', 'catch-up']) this.listen(socket, frame, () => this.again())
    this.listen(this, 'calendar-changed', () => this.again())
    this.listen(this, 'event-edit', ({ detail }) => this.querySelector('event-form').open(detail))
    this.listen(document, 'keydown', event => this.#pressed(event))
    this.watch(place, () => this.#openAsked())
    this.again()
    this.#openAsked()
  }

  again() { return this.#items.load() }

  async #fetch(signal) {
    const [first, last] = spanOf(this.#shown, this.#day)
    const from = startOf(first).toISOString()
    const to = startOf(plusDays(last, 1)).toISOString()
    const mine = this.#isMine ? '&mine=true' : ''
    const [events, agenda, entries] = await Promise.all([
      get(`/api/events/occurrences?from=${from}&to=${to}${mine}`, { signal }),
      get(`/api/agenda/events?start=${first}&end=${last}`, { signal }),
      get(`/api/calendar/entries?from=${from}&to=${to}`, { signal }),
    ])
    return [...events.map(ofEvent), ...agenda.data.map(ofAgenda), ...entries.map(ofEntry)]
  }

  /** The event in the query of the URL: `?event=7`. */
  async #openAsked() {
    const id = place.get().path === '/calendar' ? place.get().query.get('event') : null
    if (id === this.#opened) return
    this.#opened = id
    if (!id) return
    const from = startOf(plusDays(today(), -1)).toISOString()
    const to = startOf(plusDays(today(), ahead)).toISOString()
    try {
      const event = await get(`/api/events/${encodeURIComponent(id)}`)
      const wide = new Date(event.date) < startOf(today()) && !event.recurrence
        ? [event.date, new Date(Date.parse(event.date) + 1000).toISOString()] : [from, to]
      const [next] = await get(`/api/events/occurrences?from=${wide[0]}&to=${wide[1]}&event=${event.id}`)
      if (!next) return toast(t('calendar.noneText'))
      const item = ofEvent(next)
      this.#day = item.first
      await this.again()
      this.#open(item)
    } catch (error) { if (error.name !== 'AbortError') toast(error.status === 404 ? t('event.gone') : error.message, 'error') }
    go('/calendar', { replace: true })
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('calendar.title')}</h1></div>
        <div class="page-actions">
          <button class="button" data-click="feed">${icon('link')}${t('feed.open')}</button>
          <button class="button" data-click="createOwn">${icon('plus')}${t('calendar.newOwn')}</button>
          ${can('manage_events') && html`<button class="button button-primary" data-click="create">
            ${icon('plus')}${t('calendar.new')}</button>`}</div></header>
      ${this.#bar()}
      ${this.#body()}
      <event-dialog data-key="event"></event-dialog>
      ${can('manage_events') && html`<event-form data-key="form"></event-form>`}
      <agenda-dialog data-key="agenda"></agenda-dialog>
      <feed-dialog data-key="feed"></feed-dialog>`
  }

  #bar() {
    return html`
      <div class="calendar-bar" title="${t('calendar.keys')}">
        <div class="calendar-turn">
          <button class="icon-button" data-click="before" aria-label="${t('calendar.before')}"
            title="${t('calendar.before')}">${icon('back')}</button>
          <button class="button" data-click="now">${t('calendar.today')}</button>
          <button class="icon-button" data-click="after" aria-label="${t('calendar.after')}"
            title="${t('calendar.after')}">${icon('next')}</button></div>
        <h2 aria-live="polite">${this.#shown === 'month' ? monthName(this.#day)
          : weekName(...spanOf(this.#shown, this.#day))}</h2>
        <label class="calendar-mine"><input type="checkbox" data-change="mine" ?checked=${this.#isMine}>
          ${t('calendar.mine')}</label>
        <div class="switch-choices" role="group" aria-label="${t('calendar.view')}">${views.map(view => html`
          <button type="button" data-click="show" data-view="${view}"
            aria-pressed="${view === this.#shown ? 'true' : 'false'}">
            ${t(`calendar.${view}`)}</button>`)}</div>
      </div>`
  }

  #body() {
    const { value, error } = this.#items
    if (!value) return error ? failure(error) : skeletons('card')
    const view = { month: monthView, week: weekView, list: listView }[this.#shown]
    return view(value, this.#day)
  }

  #turn(day, view = this.#shown) {
    this.#day = day
    this.#shown = view
    this.update()
    this.again()
  }

  before() { this.#turn(turned(this.#shown, this.#day, -1)) }
  after() { this.#turn(turned(this.#shown, this.#day, 1)) }
  now() { this.#turn(today()) }
  day(_, { dataset: { day } }) { this.#turn(day, 'list') }
  show(_, { dataset: { view } }) { this.#choose(view) }
  feed() { this.querySelector('feed-dialog').open() }
  create() { this.querySelector('event-form').open({ day: this.#newDay }) }
  createOwn() { this.querySelector('agenda-dialog').open({ day: this.#newDay }) }

  get #newDay() {
    const [first, last] = spanOf(this.#shown, this.#day)
    return first <= today() && today() <= last ? today() : this.#day
  }

  addOn(_, { dataset: { day } }) {
    this.querySelector(can('manage_events') ? 'event-form' : 'agenda-dialog').open({ day })
  }

  mine(_, { checked }) {
    this.#isMine = checked
    this.again()
  }

  #choose(view) {
    try { localStorage.setItem(storageKey, view) } catch { /* storage is off */ }
    this.#turn(this.#day, view)
  }

  openItem(_, { dataset: { item } }) {
    const found = this.#items.value?.find(({ key }) => key === item)
    if (found) this.#open(found)
  }

  #open(item) {
    if (item.link) return go(item.link)
    if (item.kind === 'agenda') return this.querySelector('agenda-dialog').open({ entry: item })
    this.querySelector('event-dialog').open(item, this.#items.value ?? [])
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    if (event.target.closest?.('input, textarea, select, [contenteditable]')) return
    if (event.key === 'ArrowLeft') this.before()
    else if (event.key === 'ArrowRight') this.after()
    else if (event.key === 't') this.now()
    else if (['1', '2', '3'].includes(event.key)) this.#choose(views[event.key - 1])
    else return
    event.preventDefault()
  }
}

customElements.define('calendar-page', CalendarPage)
route('/calendar', () => html`<calendar-page data-key="calendar"></calendar-page>`,
  { access: 'signedIn', title: 'calendar.title' })
