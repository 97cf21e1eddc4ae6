import './audience-field.js'
import './form-field.js'
import { get, patch, post } from '../lib/api.js'
import { dayOf, firstStart, partsOf, ruleOf, rulesFor, startOf } from '../lib/calendar.js'
import { withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { toast } from '../lib/toast.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { dayAndTimeFields, followStart, select, timesOf } from './event-fields.js'
import { alert } from './notices.js'

const types = ['meeting', 'training', 'social', 'other']
const reminders = ['', '0', '15', '60', '1440', '10080']
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'

/** The fields of one occurrence of a series, as those of an event that does not recur. */
function alone(event, { start, end, startDay, endDay, allDay }) {
  const when = allDay ? { date: startOf(startDay), endDate: startOf(endDay), timeZone: zone() }
    : { date: start, endDate: event.endDate && end }
  return { ...event, ...when, recurrence: '' }
}

/**
 * Creates an event (`open({day})`), or changes an event or series (`open({id})`) or one date of a series
 * (`occurrence`).
 */
class EventForm extends withDialog(FormElement) {
  #event = null
  #occurrence = null
  #day = ''
  #allDay = false
  #rule = null

  async open({ id, day, occurrence = null }) {
    try { this.#event = id ? await get(`/api/events/${id}`) : null } catch (error) { return toast(error.message, 'error') }
    this.#occurrence = occurrence
    if (occurrence) this.#event = alone(this.#event, occurrence)
    this.#day = this.#event ? dayOf(this.#event.date) : day
    this.#allDay = this.#event?.allDay ?? false
    this.#rule = partsOf(this.#event?.recurrence ?? '', this.#day)
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('form .input')?.focus()
  }

  get #draft() { return `event-${this.#occurrence?.id ?? this.#event?.id ?? 'new'}` }

  get #heading() {
    if (this.#occurrence) return 'event.editDate'
    return this.#event ? this.#event.recurrence ? 'event.editSeries' : 'event.edit' : 'calendar.new'
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="event-form-title" data-click="backdrop" data-close="closed">
        ${dialogHead('event-form-title', t(this.#heading))}${this.#rule && this.#form()}</dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const event = this.#event
    return html`${alert(refusal?.message ?? errors.recurrence ?? errors.timeZone)}
      <form class="form" novalidate data-key="${this.#draft}-${this.#day}" data-draft="${this.#draft}"
        data-submit="send">
        ${this.#occurrence && html`<p class="field-hint">${t('event.alone')}</p>`}
        <form-field name="title" prose label="${t('event.title')}" value="${event?.title ?? ''}"
          error="${errors.title}"></form-field>
        ${select('type', t('event.type'), types.map(type => [type, t(`calendar.type.${type}`)]), event?.type)}
        ${dayAndTimeFields(this.#moments(), { isAllDay: this.#allDay, errors: {
          start: errors.date, end: errors.endDate } })}
        ${event && event.timeZone !== zone() && html`<p class="field-hint">${t('event.zone', { zone:
          zone() })}</p>`}
        <form-field name="location" label="${t('event.where')}" value="${event?.location ?? ''}"
          error="${errors.location}" optional></form-field>
        ${!this.#occurrence && this.#recurrence()}
        <form-field name="description" type="area" label="${t('event.description')}"
          value="${event?.description ?? ''}" error="${errors.description}" optional></form-field>
        <div class="field-pair event-pair"><form-field name="places" hint="${t('event.placesHint')}"
          label="${t('event.placesField')}"
          inputmode="numeric"
          value="${event?.places ?? ''}" error="${errors.places}" optional></form-field>
        ${this.#reminder()}</div>
        <audience-field data-key="audience" name="audience" label="${t('event.for')}"
          value="${JSON.stringify(event?.audience ?? [])}" error="${errors.audience}"></audience-field>
        ${dialogActions(sending)}</form>`
  }

  #moments() {
    if (this.#event) {
      const from = new Date(this.#event.date)
      return { from, to: new Date(this.#event.endDate ?? from) }
    }
    const from = firstStart(this.#day)
    return { from, to: new Date(from.getTime() + 3_600_000) }
  }

  #recurrence() {
    const { kind, until, count } = this.#rule
    const kinds = [...Object.keys(rulesFor(this.#day)), ...kind === 'custom' ? ['custom'] : []]
    return html`${select('kind', t('event.repeats'), kinds.map(one => [one, t(`event.rule.${one}`)]),
      kind, 'repeated')}
      ${kind !== 'none' && html`<div class="field-pair event-pair" data-key="ends">
        <label class="field"><span>${t('event.until')} <small>${t('field.optional')}</small></span>
          <input class="input" type="date" name="until"
          value="${until}"></label>
        <form-field name="count" hint="${t('event.endsHint')}" label="${t('event.count')}"
          inputmode="numeric" value="${count}" optional>
        </form-field></div>`}`
  }

  #reminder() {
    const chosen = this.#event ? String(this.#event.reminder ?? '') : '15'
    const offered = reminders.includes(chosen) ? reminders : [...reminders, chosen]
    const words = minutes => minutes === '' ? t('event.reminder.none') : reminders.includes(minutes)
      ? t(`event.reminder.${minutes}`) : t('event.reminder.other', { count: Number(minutes) })
    return select('reminder', t('event.reminder'), offered.map(one => [one, words(one)]), chosen)
  }

  startMoved(_, input) { followStart(input) }

  whole(_, { checked }) {
    this.#allDay = checked
    this.update()
  }

  repeated(_, { value }) {
    this.#rule = { ...this.#rule, kind: value }
    this.update()
  }

  async send(event, form) {
    const done = await this.attempt(event, form, ['title', 'startDay'], async values => {
      const body = this.#body(values, form)
      if (!this.#event) return post('/api/events', body)
      const headers = { 'If-Match': `"${Date.parse(this.#event.updatedAt)}"` }
      if (this.#occurrence)
        return post(`/api/events/${this.#event.id}/occurrences/${this.#occurrence.start}`, body, { headers })
      const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
      const before = { ...this.#event, date: new Date(this.#event.date).toISOString() }
      const changed = Object.entries(body).filter(([name, value]) => !same(value, before[name]))
      return patch(`/api/events/${this.#event.id}`, Object.fromEntries(changed), { headers })
    })
    if (!done) return
    toast(t(this.#occurrence ? 'event.savedAlone' : 'event.saved'), 'success')
    this.shut()
    this.dispatchEvent(new CustomEvent('calendar-changed', { bubbles: true }))
  }

  #body(values, form) {
    const { from, to } = timesOf(values, this.#allDay)
    const number = text => text ? Number(text) || text : null
    return {
      title: values.title, type: values.type, date: from.toISOString(), endDate: to?.toISOString() ?? null,
      allDay: this.#allDay, location: values.location, description: values.description,
      timeZone: this.#event && !this.#isMoved(from) ? this.#event.timeZone : zone(),
      recurrence: this.#occurrence ? '' : ruleOf({ ...this.#rule, kind: values.kind, until: values.until ?? '',
        count: values.count ?? '' }, values.startDay),
      places: number(values.places), reminder: values.reminder === '' ? null : Number(values.reminder),
      audience: JSON.parse(new FormData(form).get('audience') || '[]'),
    }
  }

  /** Whether the start or "all day" was changed: the event then takes the time zone of this browser. */
  #isMoved(from) { return from.getTime() !== Date.parse(this.#event.date) || this.#allDay !== this.#event.allDay }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#event = null
    this.#occurrence = null
    this.#rule = null
    this.update()
  }
}

customElements.define('event-form', EventForm)
