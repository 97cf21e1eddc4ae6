import * as color from '../fields/color.js'
import { conflictsOf, itemsOn, monthOf, spanOf, plusDays, today, weekOf } from '../lib/calendar.js'
import { clock, dayName, dayNumber, weekdayName } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { emptyState } from './empty-state.js'

const shownInCell = 3

/** The value of `data-look` that colours an item: the type of the event, or "own". */
const lookOf = ({ kind, type }) => kind === 'agenda' ? 'own' : type

/** The colour of an entry of the user's own calendar. */
const swatch = ({ kind, color: value }) => kind === 'agenda' && color.show(null, value)

const timeOf = item => item.allDay ? '' : clock(item.from)

/** An item in a cell: its time, its title, and the user's answer. */
const chip = (item, day) => html`
  <li data-key="${item.key}-${day}"><button type="button" class="event-chip" data-look="${lookOf(item)}"
    data-answer="${item.answer ?? ''}" data-click="openItem" data-item="${item.key}">
    ${swatch(item)}${item.first === day && timeOf(item) && html`<time>${timeOf(item)}</time>`}
    <span>${item.title}</span>${item.answer === 'none'
      && html`<span class="dot" data-invited aria-label="${t('event.invited')}"></span>`}</button></li>`

const cell = (items, day, month) => {
  const on = itemsOn(items, day)
  const shown = on.length > shownInCell + 1 ? on.slice(0, shownInCell) : on
  return html`
    <td data-key="${day}" ?data-outside=${month && day.slice(0, 7) !== month} ?data-today=${day === today()}>
      <div class="calendar-cell-head"><button type="button" class="calendar-day" data-click="day"
        data-day="${day}"
        aria-label="${dayName(day)}" ${day === today() &&
          html`aria-current="date"`}>${dayNumber(day)}</button>
        <button type="button" class="calendar-add" data-click="addOn" data-day="${day}"
          aria-label="${t('calendar.addOn', { day: dayName(day) })}"
          title="${t('calendar.addOn', { day: dayName(day) })}">${icon('plus')}</button></div>
      <ul>${shown.map(item => chip(item, day))}
        ${on.length > shown.length && html`<li><button type="button" class="event-more" data-click="day"
          data-day="${day}">${t('calendar.more', { count: on.length - shown.length
            })}</button></li>`}</ul></td>`
}

export const monthView = (items, day) => html`
  <div class="calendar-frame" data-key="month"><table class="calendar-month">
    <caption class="visually-hidden">${t('calendar.month')}</caption>
    <thead><tr>${weekOf(day).map(one => html`<th scope="col"><abbr title="${weekdayName(one, 'long')}">
      ${weekdayName(one, 'short')}</abbr></th>`)}</tr></thead>
    <tbody>${monthOf(day).map(week => html`<tr data-key="${week[0]}">
      ${week.map(one => cell(items, one, day.slice(0, 7)))}</tr>`)}</tbody></table></div>`

export const weekView = (items, day) => html`
  <ol class="calendar-week" data-key="week">${weekOf(day).map(one => {
    const on = itemsOn(items, one)
    return html`<li data-key="${one}" ?data-today=${one === today()}>
      <div class="calendar-cell-head"><h3>${weekdayName(one, 'short')} ${dayNumber(one)}</h3>
        <button type="button" class="calendar-add" data-click="addOn" data-day="${one}"
          aria-label="${t('calendar.addOn', { day: dayName(one) })}"
          title="${t('calendar.addOn', { day: dayName(one) })}">${icon('plus')}</button></div>
      ${on.length ? html`<ul>${on.map(item => entry(item, items, one))}</ul>`
        : html`<p class="quiet">${t('calendar.nothingOn')}</p>`}</li>`
  })}</ol>`

/** An item in the list: time, title, place and answer. */
const entry = (item, items, day) => {
  const conflicts = conflictsOf(item, items)
  const times = item.allDay ? t('calendar.allDay') : item.first === day || item.last === day
    ? `${item.first === day ? clock(item.from) : '…'}${item.to > item.from
      ? `–${item.last === day ? clock(item.to) : '…'}` : ''}` : t('calendar.allDay')
  return html`
    <li data-key="${item.key}-${day}"><button type="button" class="event-entry" data-look="${lookOf(item)}"
      data-answer="${item.answer ?? ''}" data-click="openItem" data-item="${item.key}">
      <span class="event-time">${times}</span>
      <span class="event-what"><strong>${item.title}</strong>${item.location &&
        html`<small>${item.location}</small>`}
      </span>
      <span class="event-marks">
        ${swatch(item)}${item.kind === 'agenda' && html`<span
          class="tag tag-plain">${t('calendar.own')}</span>`}
        ${item.answer && html`<span class="tag ${item.answer === 'none' ? '' : 'tag-plain'}">${item.answer
          === 'none'
          ? t('event.invited') : t(`event.${item.answer === 'waiting' ? 'onList' :
            item.answer}`)}</span>`}
        ${conflicts.length > 0 && html`<span class="event-clash" title="${t('event.conflict',
          { titles: conflicts.map(({ title }) => title).join(', ') })}">${icon('warning')}
          <span class="visually-hidden">${t('event.conflicts')}</span></span>`}</span></button></li>`
}

export function listView(items, day) {
  const [first, last] = spanOf('list', day)
  const days = []
  for (let one = first; one <= last; one = plusDays(one, 1)) {
    const on = itemsOn(items, one).filter(item => item.first === one || one === first)
    if (on.length) days.push([one, on])
  }
  if (!days.length)
    return emptyState({ icon: 'calendar', title: t('calendar.none'), text: t('calendar.noneText') })
  return html`<ol class="calendar-list" data-key="list">${days.map(([one, on]) => html`
    <li data-key="${one}" ?data-today=${one === today()}><h3>${dayName(one)}</h3>
      <ul>${on.map(item => entry(item, items, one))}</ul></li>`)}</ol>`
}
