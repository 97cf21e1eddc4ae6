import { createStore } from './store.js'
import shell from '../words/shell.js'
import access from '../words/access.js'
import machines from '../words/machines.js'
import jobs from '../words/jobs.js'
import host from '../words/host.js'
import accounts from '../words/accounts.js'
import security from '../words/security.js'
import people from '../words/people.js'
import audit from '../words/audit.js'
import chat from '../words/chat.js'
import compose from '../words/compose.js'
import notifications from '../words/notifications.js'
import load from '../words/load.js'
import clientErrors from '../words/client-errors.js'
import quotas from '../words/quotas.js'
import tables from '../words/tables.js'
import fields from '../words/fields.js'
import announcements from '../words/announcements.js'
import certificates from '../words/certificates.js'
import courses from '../words/courses.js'
import quizzes from '../words/quizzes.js'
import learning from '../words/learning.js'
import documents from '../words/documents.js'
import calendar from '../words/calendar.js'
import home from '../words/home.js'
import messages from '../words/messages.js'
import requests from '../words/requests.js'
import trainings from '../words/trainings.js'
import forum from '../words/forum.js'

const storageKey = 'obox.preferences'
const words = {
  ...messages, ...requests, ...forum,
  ...shell, ...access, ...machines, ...jobs, ...host, ...accounts, ...security, ...people, ...audit,
  ...chat, ...compose, ...notifications, ...load, ...clientErrors, ...quotas, ...tables, ...fields, ...calendar, ...home,
  ...announcements, ...documents, ...trainings, ...courses, ...quizzes, ...learning, ...certificates,
}

function kept() {
  try { return JSON.parse(localStorage.getItem(storageKey) ?? '{}') } catch { return {} }
}

function firstLanguage() {
  const chosen = kept().language
  return chosen === 'fr' || chosen === 'en' ? chosen : browserLanguage()
}

function browserLanguage() {
  for (const language of navigator.languages ?? []) {
    const short = language.slice(0, 2).toLowerCase()
    if (short === 'fr' || short === 'en') return short
  }
  return 'fr'
}

/** Language ("fr" or "en") and theme ("auto", "light" or "dark"). */
export const preferences = createStore({ language: firstLanguage(), theme: kept().theme ?? 'auto' })

export const language = () => preferences.get().language

/**
 * The preferences with which an account starts here: those of the browser's own settings if another account
 * made the choices stored in this browser, else the stored ones.
 */
export function preferencesFor(account) {
  const { of = null } = kept()
  return of === null || of === account ? {} : { language: browserLanguage(), theme: 'auto' }
}

/**
 * Changes the preferences, stores them in this browser and redraws every element; `of` is the account that
 * made the choice, null for none.
 */
export function prefer(patch, of = kept().of ?? null) {
  preferences.set(patch)
  const { language, theme } = preferences.get()
  document.documentElement.lang = language
  document.documentElement.dataset.theme = theme
  try { localStorage.setItem(storageKey, JSON.stringify({ language, theme, of })) } catch { /* storage is off */ }
}

/** Makes the spaces of French typography (before : ; ! ? » % and after «) non-breaking. */
export const frenchSpaces = text => text.replace(/ (?=[:;!?»%])/g, '\u00a0').replace(/« /g, '«\u00a0')

/**
 * The text of a key in the language of the page; `{name}` is replaced by `values.name`. With `values.count`,
 * "one|many" is chosen by the plural rule of the language. An unknown key is returned as it is.
 */
export function t(key, values = {}) {
  const pair = words[key]
  if (!pair) return key
  const french = language() === 'fr'
  let text = french ? pair[0] : pair[1]
  if ('count' in values && text.includes('|')) {
    const [one, many] = text.split('|')
    text = new Intl.PluralRules(language()).select(values.count) === 'one' ? one : many
  }
  text = text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
  return french ? frenchSpaces(text) : text
}

/** Whether there is a text of that key: for words that come from the server. */
export const knows = key => key in words
