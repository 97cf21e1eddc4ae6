import '../elements/file-list.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** The URLs of several uploads. */
export const input = ({ name, label }, value, error) => html`
  <file-list data-key="${name}" name="${name}" label="${label}" value="${JSON.stringify(value ?? [])}"
    error="${error}"></file-list>`

export const read = (data, { name }) => JSON.parse(data.get(name) || '[]')

export const show = (_, value) => (value ?? []).map((address, index) => html`
  <a href="${address}" target="_blank" rel="noopener">${t('files.number', { number: index + 1 })}</a> `)
