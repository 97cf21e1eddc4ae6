/** Days are texts such as `2026-11-28`, which the functions of the calendar compare and add. */

const length = 86_400_000
const number = day => Date.parse(`${day}T00:00:00Z`)

/** The day a number of days later. */
export const plusDays = (day, count) => new Date(number(day) + count * length).toISOString().slice(0, 10)

/** How many days a day is after another one. */
export const daysBetween = (first, last) => Math.round((number(last) - number(first)) / length)

/** When a new event of a day starts: today at the next full hour, on other days within the working day. */
export function firstStart(day, now = new Date()) {
  const from = startOf(day)
  const isToday = day === dayOf(now)
  from.setHours(isToday ? now.getHours() + 1 : Math.min(22, Math.max(8, now.getHours() + 1)))
  return from
}

/** The same day a number of months later, or the last day of that month. */
export function plusMonths(day, count) {
  const [year, month, date] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The day of a moment in the browser's time zone. */
export function dayOf(moment) {
  const at = new Date(moment)
  return new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())).toISOString().slice(0, 10)
}

export const today = () => dayOf(Date.now())

/** Midnight at the start of a day in the browser's time zone. */
export const startOf = day => new Date(`${day}T00:00:00`)

/** Noon of a day in the browser's time zone, for formatting the day with `Intl`. */
export const noonOf = day => new Date(`${day}T12:00:00`)

export const monday = day => plusDays(day, -((new Date(number(day)).getUTCDay() + 6) % 7))

export const weekOf = day => Array.from({ length: 7 }, (_, index) => plusDays(monday(day), index))

/** The weeks that show a month: each seven days, from Monday on. */
export function monthOf(day) {
  const weeks = []
  for (let week = monday(`${day.slice(0, 8)}01`); week.slice(0, 7) <= day.slice(0, 7); week = plusDays(week, 7))
    weeks.push(weekOf(week))
  return weeks
}

const listed = 60

/** First and last day that a view shows. */
export function spanOf(view, day) {
  if (view === 'week') return [monday(day), plusDays(monday(day), 6)]
  if (view === 'list') return [day, plusDays(day, listed - 1)]
  const weeks = monthOf(day)
  return [weeks[0][0], weeks.at(-1)[6]]
}

/** The day that the previous (-1) or next (1) view shows. */
export function turned(view, day, step) {
  if (view === 'month') return plusMonths(day, step)
  return plusDays(day, step * (view === 'week' ? 7 : listed))
}

/** The item of an occurrence of an event; the days of an all-day event are those of its own time zone. */
export function ofEvent(one) {
  const start = new Date(one.start)
  const end = new Date(one.end ?? one.start)
  const last = end > start ? new Date(end - 1) : end
  return {
    ...one, kind: 'event', key: one.id, id: one.eventId, from: start, to: end,
    first: one.allDay ? one.startDay : dayOf(start), last: one.allDay ? one.endDay : dayOf(last),
  }
}

/** The item of an entry of the user's own calendar, whose times have no time zone. */
export function ofAgenda(one) {
  const start = new Date(one.start)
  const end = new Date(one.end)
  return {
    ...one, kind: 'agenda', key: `agenda-${one.id}`, from: start, to: end, allDay: one.all_day,
    first: one.start.slice(0, 10), last: one.end.slice(11) === '00:00:00' && end > start && !one.all_day
      ? plusDays(one.end.slice(0, 10), -1) : one.end.slice(0, 10),
  }
}

/** The item of something from another module, such as a training that the user takes part in. */
export function ofEntry(one) {
  const start = new Date(one.start)
  const end = new Date(one.end ?? one.start)
  const last = end > start ? new Date(end - 1) : end
  return {
    ...one, key: one.id, type: one.kind, answer: one.isWaiting ? 'waiting' : 'yes', allDay: false, from: start, to: end,
    first: dayOf(start), last: dayOf(last),
  }
}

/** All-day items first, then by time. */
export const sorted = items => items.toSorted((one, other) =>
  Number(other.allDay) - Number(one.allDay) || one.from - other.from || one.title.localeCompare(other.title))

export const itemsOn = (items, day) => sorted(items.filter(({ first, last }) => first <= day && day <= last))

/** Whether an item occupies the user's time: an own entry, or an accepted event; never an all-day item. */
export const isTaken = ({ kind, answer, allDay }) => !allDay && (kind === 'agenda' || answer === 'yes')

/** The other items that occupy the user's time during an item. */
export const conflictsOf = (item, items) => item.allDay || item.answer === 'no' ? [] : items.filter(other =>
  other.key !== item.key && other.id !== item.id && isTaken(other) && other.from < item.to && item.from < other.to)

const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** The recurrence rules that the dialog offers for an event that starts on a day, by kind. */
export function rulesFor(day) {
  const date = new Date(number(day))
  const weekday = days[date.getUTCDay()]
  const nth = Math.ceil(date.getUTCDate() / 7)
  return {
    none: '', daily: 'FREQ=DAILY', workdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', weekly: `FREQ=WEEKLY;BYDAY=${weekday}`,
    fortnightly: `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`, monthly: `FREQ=MONTHLY;BYMONTHDAY=${date.getUTCDate()}`,
    monthlyByDay: `FREQ=MONTHLY;BYDAY=${nth > 4 ? -1 : nth}${weekday}`, yearly: 'FREQ=YEARLY',
  }
}

/**
 * The parts of a rule: `{kind, until, count, plain}`; `kind` is "custom" for a rule that the dialog does not
 * offer.
 */
export function partsOf(rule, day) {
  const until = /;UNTIL=(\d{4})(\d{2})(\d{2})/.exec(rule)
  const count = /;COUNT=(\d+)/.exec(rule)
  const plain = rule.replace(/;(UNTIL|COUNT)=[^;]*/g, '')
  const found = Object.entries(rulesFor(day)).find(([, text]) => text === plain)
  const weekly = plain === 'FREQ=WEEKLY' ? 'weekly' : plain === 'FREQ=MONTHLY' ? 'monthly' : null
  return {
    kind: found?.[0] ?? weekly ?? 'custom', until: until ? until.slice(1).join('-') : '', count: count?.[1] ?? '', plain,
  }
}

/** The inverse of `partsOf`. */
export function ruleOf({ kind, until, count, plain }, day) {
  const rule = kind === 'custom' ? plain : rulesFor(day)[kind]
  if (!rule) return ''
  return rule + (count ? `;COUNT=${count}` : until ? `;UNTIL=${until.replaceAll('-', '')}` : '')
}
