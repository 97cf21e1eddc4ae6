import { dayOf, daysBetween, plusDays } from '../lib/calendar.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

const two = number => String(number).padStart(2, '0')
const timeOf = moment => `${two(moment.getHours())}:${two(moment.getMinutes())}`

/** A labelled select: `options` are [value, label]; `changed` names the method called on a change. */
export const select = (name, label, options, chosen, changed) => html`
  <label class="field"><span>${label}</span><select class="input" name="${name}" ${changed
    && html`data-change="${changed}"`}>${options.map(([value, words]) => html`
    <option value="${value}" ?selected=${value === chosen}>${words}</option>`)}</select></label>`

const pair = (name, label, moment, isAllDay, error) => html`
  <div class="field ${error ? 'field-wrong' : ''}" role="group" aria-labelledby="${name}-label">
    <span id="${name}-label" class="field-label">${label}</span>
    <span class="event-times"><input class="input" type="date" name="${name}Day" value="${dayOf(moment)}"
      required
      ${name === 'start' && html`data-change="startMoved"`}
      aria-label="${t('event.part', { label, part: t('event.day') })}" ${error && html`aria-invalid="true"`}>
    <input class="input" type="time" name="${name}Time" value="${timeOf(moment)}" ?hidden=${isAllDay}
      aria-label="${t('event.part', { label, part: t('event.time') })}"></span>
    <p class="field-error" aria-live="polite">${error}</p></div>`

/** The start day that a form had before its last change. */
const startDays = new WeakMap()

/** Moves the end day by as many days as the start day was moved: for the method `startMoved(event, input)`. */
export function followStart({ form, value, defaultValue }) {
  const before = startDays.get(form) ?? defaultValue
  if (!value || !before) return
  startDays.set(form, value)
  const { endDay } = form.elements
  if (endDay.value) endDay.value = plusDays(endDay.value, daysBetween(before, value))
}

/**
 * The fields of start and end. The element has the methods `whole(event, box)`, called by the checkbox "all day",
 * and `startMoved(event, input)`.
 */
export const dayAndTimeFields = ({ from, to }, { isAllDay, errors }) => html`
  <label class="check"><input type="checkbox" name="allDay" data-change="whole" ?checked=${isAllDay}>
    <span>${t('calendar.allDay')}</span></label>
  ${pair('start', t('event.start'), from, isAllDay, errors.start ?? errors.startDay)}
  ${pair('end', t('event.end'), to, isAllDay, errors.end)}`

/** Start and end as entered in those fields; `to` is null without an end day. */
export function timesOf({ startDay, startTime, endDay, endTime }, isAllDay) {
  const at = (day, time) => new Date(`${day}T${isAllDay ? '00:00' : time || '00:00'}`)
  const from = at(startDay, startTime)
  const to = endDay ? at(endDay, endTime || startTime) : null
  return { from, to }
}
