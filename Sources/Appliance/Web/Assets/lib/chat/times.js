import { language, t } from '../i18n.js'

const locale = () => language() === 'fr' ? 'fr-FR' : 'en-GB'
const formats = new Map()

/** Formats are expensive to create, so they are cached. */
function format(name, options) {
  const key = `${locale()} ${name}`
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), options))
  return formats.get(key)
}

/** The time of day: "14:03". */
export const clock = moment => format('clock', { hour: '2-digit', minute: '2-digit' }).format(new Date(moment))

/** The local day of a moment, as a key. */
export function dayOf(moment) {
  const date = new Date(moment)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** The name of a day: "Today", "Yesterday", "Monday 3 November", with the year unless it is this one. */
export function dayTitle(moment, now = Date.now()) {
  const date = new Date(moment)
  const today = new Date(now)
  if (dayOf(date) === dayOf(today)) return t('chat.today')
  if (dayOf(date) === dayOf(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1))) return t('chat.yesterday')
  const thisYear = date.getFullYear() === today.getFullYear()
  const words = format(thisYear ? 'day' : 'dayAndYear', { weekday: 'long', day: 'numeric', month: 'long', ...(!thisYear && { year: 'numeric' }) }).format(date)
  return words[0].toUpperCase() + words.slice(1)
}
