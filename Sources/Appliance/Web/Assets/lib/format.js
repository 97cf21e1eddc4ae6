import { language } from './i18n.js'

const locale = () => language() === 'fr' ? 'fr-FR' : 'en-GB'

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value)

const units = { fr: ['o', 'ko', 'Mo', 'Go', 'To'], en: ['B', 'KB', 'MB', 'GB', 'TB'] }

/** A size from bytes, in steps of 1024, with at most one decimal: "1,5 Go". */
export function bytes(value) {
  if (!Number.isFinite(value)) return '–'
  let step = 0
  while (value >= 1024 && step < 4) { value /= 1024; step += 1 }
  return `${number(value, value < 100 && step > 0 ? 1 : 0)}\u00a0${units[language()][step]}`
}

export const megabytes = value => bytes(value * 1024 ** 2)
export const gigabytes = value => bytes(value * 1024 ** 3)

/** A whole percentage; an en dash when it is not known. */
export const percent = value => Number.isFinite(value) ? `${number(value)}${language() === 'fr' ? '\u00a0' : ''}%` : '–'

/** A length of time from milliseconds: "0,8 s", "12 s", "2 min 05 s", "1 h 10 min". */
export function duration(milliseconds) {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return '–'
  const seconds = milliseconds / 1000
  if (seconds < 10) return `${number(seconds, 1)}\u00a0s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}\u00a0s`
  const two = value => String(value).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min\u00a0${two(whole % 60)}\u00a0s`
  return `${Math.floor(whole / 3600)}\u00a0h\u00a0${two(Math.floor(whole / 60) % 60)}\u00a0min`
}

/** A date in French starts with "1er": "1er décembre". */
const firstOfMonth = text => language() === 'fr' ? text.replace(/(?<!\d)1(?=[ \u00a0]\p{L}{3})/u, '1er') : text

const written = (at, options) => firstOfMonth(new Intl.DateTimeFormat(locale(), options).format(new Date(at)))

const spans = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60]]

/** A moment relative to now: "il y a 3 minutes". */
export function ago(moment, now = Date.now()) {
  const seconds = (new Date(moment) - now) / 1000
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  for (const [unit, length] of spans)
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit)
  return language() === 'fr' ? 'à l’instant' : 'just now'
}

/** The time of day, to the minute: "14:05". */
export const clock = moment =>
  new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(moment))

/** Date and time in full, to the second, in the browser's time zone. */
export const exact = moment =>
  written(moment, { dateStyle: 'full', timeStyle: 'medium' })

/** Date and time in short form, to the second. */
export const moment = at =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(at))

/** "28 novembre 2026", in the browser's time zone. */
export const date = at => written(at, { dateStyle: 'long' })

/** "28 novembre 2026 à 14:05". */
export const dateAndTime = at =>
  written(at, { dateStyle: 'long', timeStyle: 'short' })

/** "vendredi 28 novembre 2026". */
export const today = () => written(Date.now(), { dateStyle: 'full' })

/** "ven. 28 nov., 14:05"; without the time for a whole day. */
export const dayAndTime = (at, isWholeDay = false) => written(at, {
  weekday: 'short', day: 'numeric', month: 'short', ...isWholeDay ? {} : { hour: '2-digit', minute: '2-digit' },
})

const onDay = (day, options) => written(`${day}T12:00:00`, options)

/** "vendredi 28 novembre 2026" of a day such as `2026-11-28`. */
export const dayName = day => onDay(day, { dateStyle: 'full' })

/** "novembre 2026". */
export const monthName = day => onDay(day, { month: 'long', year: 'numeric' })

/** "ven." or, with `long`, "vendredi". */
export const weekdayName = (day, length) => onDay(day, { weekday: length })

export const dayNumber = day => String(Number(day.slice(8)))

/** "23–29 novembre 2026", from the first to the last day. */
export const weekName = (first, last) => firstOfMonth(new Intl.DateTimeFormat(locale(), { dateStyle: 'long' })
  .formatRange(new Date(`${first}T12:00:00`), new Date(`${last}T12:00:00`)))

/** From when to when an item of the calendar is: "vendredi 28 novembre 2026, 14:05 – 15:00". */
export function spanOfTime({ allDay, first, last, from, to }) {
  if (allDay) return first === last ? dayName(first) : weekName(first, last)
  const words = new Intl.DateTimeFormat(locale(), { dateStyle: 'full', timeStyle: 'short' })
  return firstOfMonth(to > from ? words.formatRange(from, to) : words.format(from))
}
