import './form-field.js'
import * as color from '../fields/color.js'
import { post, put, remove } from '../lib/api.js'
import { dayOf, firstStart } from '../lib/calendar.js'
import { confirm, withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'
import { dayAndTimeFields, followStart } from './event-fields.js'
import { alert } from './notices.js'

const path = '/api/agenda/events'
const colorField = () => ({ name: 'color', label: t('event.color'), initial: '#3B82F6' })

/** Creates (`open({day})`) or changes (`open({entry})`) an entry of the user's own calendar. */
class AgendaDialog extends withDialog(FormElement) {
  #entry = null
  #day = null
  #allDay = false

  open({ entry = null, day = null }) {
    this.#entry = entry
    this.#day = day ?? dayOf(entry.from)
    this.#allDay = entry?.allDay ?? false
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('form .input')?.focus()
  }

  get #draft() { return `agenda-${this.#entry?.id ?? 'new'}` }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="agenda-title" data-click="backdrop" data-close="closed">
        <header class="dialog-head"><div><h2 id="agenda-title">${t(this.#entry ? 'agenda.edit' :
          'agenda.new')}</h2>
          <p class="quiet">${t('agenda.private')}</p></div>
          <button class="icon-button" data-click="shut"
            aria-label="${t('action.close')}">${icon('close')}</button>
        </header>${this.#day && this.#form()}</dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const entry = this.#entry
    return html`${alert(refusal?.message)}
      <form class="form" novalidate data-key="form-${entry?.id ?? this.#day}" data-draft="${this.#draft}"
        data-submit="send">
        <form-field name="title" prose label="${t('event.title')}" value="${entry?.title ?? ''}"
          error="${errors.title}"></form-field>
        ${dayAndTimeFields(this.#moments(), { isAllDay: this.#allDay, errors })}
        <form-field name="description" type="area" label="${t('event.description')}"
          value="${entry?.description ?? ''}" error="${errors.description}" optional></form-field>
        ${color.input(colorField(), entry?.color, errors.color)}
        <div class="dialog-actions">${entry && html`<button type="button" class="button button-danger"
          data-click="delete">${icon('trash')}${t('do.delete')}</button>`}
          <button type="button" class="button" data-click="shut">${t('action.cancel')}</button>
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${t('action.save')}</button></div></form>`
  }

  #moments() {
    if (this.#entry) return this.#entry
    const from = firstStart(this.#day)
    return { from, to: new Date(from.getTime() + 3_600_000) }
  }

  startMoved(_, input) { followStart(input) }

  whole(_, { checked }) {
    this.#allDay = checked
    this.update()
  }

  async send(event, form) {
    const done = await this.attempt(event, form, ['title', 'startDay'], values => {
      const at = (day, time) => `${day}T${this.#allDay ? '00:00' : time || '00:00'}:00`
      const body = {
        title: values.title, description: values.description, color: values.color, all_day: this.#allDay,
        start: at(values.startDay, values.startTime),
        end: at(values.endDay || values.startDay, values.endTime || values.startTime),
      }
      return this.#entry ? put(`${path}/${this.#entry.id}`, body) : post(path, body)
    })
    if (done) this.#done()
  }

  async delete() {
    const question = { title: t('agenda.askDelete', { name: this.#entry.title }), text: t('agenda.askDeleteText'),
      yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try { await remove(`${path}/${this.#entry.id}`) } catch (error) { return toast(error.message, 'error') }
    this.#done()
  }

  #done() {
    this.shut()
    this.dispatchEvent(new CustomEvent('calendar-changed', { bubbles: true }))
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#entry = null
    this.#day = null
    this.update()
  }
}

customElements.define('agenda-dialog', AgendaDialog)
