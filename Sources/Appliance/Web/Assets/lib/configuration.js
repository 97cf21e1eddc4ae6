import { get, patch, post } from './api.js'
import { createStore } from './store.js'
import { refreshAppliance } from './session.js'

/** The configuration as the API describes it; `settings` is null until it is known, `error` why it is not. */
export const configuration = createStore({ settings: null, certificate: null, error: null })

let loading = null

/** Fetches it, once for all who ask meanwhile. */
export function loadConfiguration() {
  loading ??= get('/api/configuration')
    .then(answer => configuration.set({ ...answer, error: null }), error => configuration.set({ error }))
    .finally(() => { loading = null })
  return loading
}

/** Saves {name: value}; an empty value brings back the default. */
export async function saveConfiguration(values) {
  configuration.set({ ...await patch('/api/configuration', values), error: null })
  await refreshAppliance()
}

export const sendTestMail = () => post('/api/configuration/test-mail')

export const settingOf = name => configuration.get().settings?.find(setting => setting.name === name)

/** What an input of a setting has at first: a default that OBox finds itself is shown beside it. */
export const typedValue = ({ name, value, source }) =>
  source === 'default' && found.has(name) ? '' : value ?? ''

/** Settings whose default is found by OBox. */
const found = new Set(['PUBLIC_URL', 'PUBLIC_IP', 'EMAIL_PORT'])

/** The values of a form that differ from the settings, to be saved; fixed ones are left out. */
export function changesOf(settings, form) {
  const changes = {}
  for (const setting of settings) {
    const input = form.elements.namedItem(setting.name)
    if (!input || !setting.isEditable) continue
    const value = input.type === 'checkbox' ? input.value.split(' ')[input.checked ? 0 : 1]
      : setting.isSecret ? input.value : input.value.trim()
    if (setting.isSecret ? value : value !== typedValue(setting)) changes[setting.name] = value
  }
  // Without a user name there is no password either.
  if (changes.EMAIL_USER === '' || changes.EMAIL_HOST === '') changes.EMAIL_PASS = ''
  return changes
}
