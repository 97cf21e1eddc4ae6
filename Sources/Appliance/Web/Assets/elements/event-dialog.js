import './audience-field.js'
import { get, post, put, remove } from '../lib/api.js'
import { conflictsOf, partsOf } from '../lib/calendar.js'
import { confirm, withDialog } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { dayAndTime, dayName, spanOfTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { can, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { loadable } from './loadable.js'

const answers = ['yes', 'maybe', 'no']

/** A recurrence rule in words: "Every week, until 31 December 2026". */
export function recurrenceWords({ recurrence, startDay }) {
  const { kind, until, count } = partsOf(recurrence, startDay)
  return [t(`event.rule.${kind}`), until && t('event.untilDay', { day: dayName(until) }),
    count && t('event.times', { count: Number(count) })].filter(Boolean).join(', ')
}

/** An occurrence of an event: its facts, its participants, and the user's answer; `open(item, items)`. */
class EventDialog extends withDialog(ViewElement) {
  #item = null
  #items = []
  #isInviting = false
  /** What is wrong with the list of people to invite. */
  #problem = null
  #people = new Loader(this, signal => get(`/api/events/${this.#item.id}/participants?limit=500`, { signal }))

  connected() {
    this.listen(socket, 'EVENTS_CHANGED', ({ detail }) => { if (detail.id === this.#item?.id) this.#people.load() })
  }

  open(item, items) {
    this.#item = item
    this.#items = items
    this.#isInviting = false
    this.#people.clear()
    this.draw()
    this.dialog.showModal()
    this.#people.load()
  }

  view() {
    return html`
      <dialog class="dialog event-dialog" aria-labelledby="event-title" data-click="backdrop"
        data-close="closed">
        ${dialogHead('event-title', this.#item?.title)}
        ${this.#item && html`${this.#facts(this.#item)}${this.#answer(this.#item)}${this.#participants()}
          ${this.#actions(this.#item)}`}
      </dialog>`
  }

  #facts(item) {
    const places = item.places === null ? null : t('event.places', { count: item.places })
    const coming = t('event.coming', { count: item.participantCount })
    const waiting = item.waitingCount > 0 && t('event.waiting', { count: item.waitingCount })
    return html`
      <dl class="event-facts">
        <div><dt>${icon('clock')}<span class="visually-hidden">${t('event.when')}</span></dt>
          <dd>${spanOfTime(item)}</dd></div>
        ${item.recurrence && html`<div><dt>${icon('reboot')}<span
          class="visually-hidden">${t('event.repeats')}</span>
          </dt><dd>${recurrenceWords(item)}</dd></div>`}
        ${item.movedFrom && html`<div><dt>${icon('reboot')}<span
          class="visually-hidden">${t('event.repeats')}</span>
          </dt><dd>${t('event.movedFrom', { time: dayAndTime(item.movedFrom, item.allDay) })}</dd></div>`}
        ${item.location && html`<div><dt>${icon('pin')}<span
          class="visually-hidden">${t('event.where')}</span></dt>
          <dd>${item.location}</dd></div>`}
        <div><dt>${icon('people')}<span class="visually-hidden">${t('event.people')}</span></dt>
          <dd>${[coming, places, waiting].filter(Boolean).join(' · ')}</dd></div>
        ${item.organizerName && html`<div><dt>${icon('user')}<span class="visually-hidden">
          ${t('event.organizer')}</span></dt><dd>${item.organizerName}</dd></div>`}
      </dl>
      ${item.description && html`<p class="event-description">${item.description}</p>`}`
  }

  #answer(item) {
    if (item.to < Date.now() && !item.recurrence) return null
    const conflicts = conflictsOf(item, this.#items)
    const mine = item.answer === 'waiting' ? 'yes' : item.answer
    return html`
      ${conflicts.length > 0 && alert(t('event.conflict', { titles: conflicts.map(({ title }) => title).join(', ') }))}
      <fieldset class="switch event-answer">
        <legend>${t(item.recurrence ? 'event.questionSeries' : 'event.question')}</legend>
        <div class="switch-choices">${answers.map(answer => html`<button type="button" data-click="reply"
          data-answer="${answer}"
            aria-pressed="${answer === mine ? 'true' : 'false'}">${t(`event.${answer}`)}</button>`)}
        </div></fieldset>
      ${item.answer === 'waiting' && html`<p class="field-hint" role="status">${t('event.isWaiting')}</p>`}`
  }

  #participants() {
    return html`<section class="event-people" aria-labelledby="event-people"><h3 id="event-people">
      ${t('event.people')}</h3>${loadable(this.#people, people => html`
      <ul tabindex="0" aria-labelledby="event-people">${people.map(({ userId, name, answer }) => html`
        <li data-key="${userId}"><span>${name}</span>
        <small data-answer="${answer}">${t(`event.answer.${answer}`)}</small>
        ${can('manage_events') && html`<button type="button" class="icon-button" data-click="takeOff"
          data-id="${userId}" aria-label="${t('event.remove', { name })}"
            title="${t('event.remove', { name })}">
          ${icon('close')}</button>`}</li>`)}</ul>`, { waiting: null, empty: html`
      <p class="quiet">${t('event.nobody')}</p>` })}
      ${this.#isInviting && html`<form class="form" data-key="invite" data-submit="invite">
        <audience-field name="audience" label="${t('event.inviteWhom')}" value="[]"
          needed error="${this.#problem}"></audience-field>
        <div class="dialog-actions"><button
          class="button button-primary">${t('event.inviteDo')}</button></div></form>`}
      </section>`
  }

  #actions(item) {
    return html`<div class="dialog-actions">
      <a class="button" href="/api/events/${item.id}/event.ics"
        download>${icon('download')}${t('event.file')}</a>
      ${can('manage_events') && html`
        <button type="button" class="button" data-click="startInviting" ?disabled=${this.#isInviting}>
          ${icon('mail')}${t('event.invite')}</button>
        ${item.recurrence && html`<button type="button" class="button" data-click="cancelDate">
          ${t('event.cancelDate')}</button>
          <button type="button" class="button" data-click="editDate">${t('event.editDate')}</button>`}
        <button type="button" class="button button-danger"
          data-click="delete">${icon('trash')}${t('do.delete')}</button>
        <button type="button" class="button button-primary"
          data-click="edit">${icon('edit')}${t(item.recurrence ? 'event.editSeries' : 'action.edit')}
        </button>`}</div>`
  }

  async #try(work) {
    try { return await work() } catch (error) {
      if (error.name !== 'AbortError') toast(error.message, 'error')
      return null
    }
  }

  #changed() { this.dispatchEvent(new CustomEvent('calendar-changed', { bubbles: true })) }

  async reply(_, { dataset: { answer } }) {
    const item = this.#item
    const kept = await this.#try(() => put(`/api/events/${item.id}/answer`, { answer }))
    if (!kept || this.#item !== item) return
    Object.assign(item, { answer: kept.answer, participantCount: kept.participantCount })
    this.update()
    this.#changed()
  }

  async startInviting() {
    this.#isInviting = true
    this.#problem = null
    this.draw()
    this.querySelector('audience-field input[role=combobox]')?.focus()
  }

  async invite(event, form) {
    event.preventDefault()
    const audience = JSON.parse(new FormData(form).get('audience') || '[]')
    this.#problem = audience.length ? null : t('event.inviteNone')
    this.draw()
    if (this.#problem) return this.querySelector('audience-field input[role=combobox]').focus()
    const item = this.#item
    const done = await this.#try(() => post(`/api/events/${item.id}/invitations`, { audience }))
    if (!done) return
    this.#isInviting = false
    toast(t('event.invitedCount', { count: done.invited }), 'success')
    await this.#people.load()
    this.#sayBusy(item)
    this.#changed()
  }

  /** Shows which of the invited people have accepted another event at that time. */
  async #sayBusy(item) {
    const users = (this.#people.value ?? []).filter(({ answer }) => answer === 'none').map(({ userId }) => userId)
    if (!users.length || item.allDay || item.to <= item.from) return
    const query = new URLSearchParams({
      from: item.from.toISOString(), to: item.to.toISOString(), users: JSON.stringify(users.slice(0, 200)), except: item.id,
    })
    const busy = await this.#try(() => get(`/api/events/conflicts?${query}`))
    if (busy?.length) toast(t('event.busy', { names: [...new Set(busy.map(({ name }) => name))].join(', ') }))
  }

  async takeOff(_, { dataset: { id } }) {
    await this.#try(() => remove(`/api/events/${this.#item.id}/participants/${id}`))
    this.#people.load()
    this.#changed()
  }

  edit() { this.#edit(null) }
  editDate() { this.#edit(this.#item) }

  #edit(item) {
    const { id } = this.#item
    const occurrence = item && { ...item, id: `${id}@${item.start}` }
    this.shut()
    this.dispatchEvent(new CustomEvent('event-edit', { bubbles: true, detail: { id, occurrence } }))
  }

  async cancelDate() {
    const item = this.#item
    const question = { title: t('event.askCancel'), text: t('event.askCancelText'), yes: t('event.cancelDate') }
    if (!await confirm({ ...question, danger: true })) return
    if (await this.#try(() => remove(`/api/events/${item.id}/occurrences/${item.from.toISOString()}`))) this.#gone()
  }

  async delete() {
    const { id, title, recurrence } = this.#item
    const text = t(recurrence ? 'event.askDeleteSeries' : 'event.askDeleteText')
    const question = { title: t('event.askDelete', { name: title }), text, yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    if (await this.#try(() => remove(`/api/events/${id}`))) this.#gone()
  }

  #gone() {
    this.shut()
    this.#changed()
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#item = null
    this.update()
  }
}

customElements.define('event-dialog', EventDialog)
