import { duration } from './format.js'
import { knows, t } from './i18n.js'

/** A word of the log in the language of the page; unchanged when it has no translation. */
const wordOf = (kind, word) => knows(`audit.${kind}.${word}`) ? t(`audit.${kind}.${word}`) : word

const roleName = role => knows(`role.${role}`) ? t(`role.${role}`) : role
const rightName = right => knows(`right.${right}`) ? t(`right.${right}`) : right
const listed = (words, name) => words.split(/[ ,]+/).filter(Boolean).map(name).join(', ')

/** The note of a change of a row: the verb, and the fields that changed. */
function rowNote(text) {
  const [verb, ...fields] = text.split(' ')
  return [wordOf('detail', verb), fields.map(field => wordOf('field', field)).join(', ')].filter(Boolean).join(' · ')
}

const byCommand = text => text === 'command line' ? wordOf('detail', 'command-line') : text

/** The note of a console: its kind, whether it was view only, and for how many seconds it was open. */
const consoleNote = text => text.split(', ').map(part => {
  const seconds = /^(\d+) s$/.exec(part)?.[1]
  return seconds ? duration(Number(seconds) * 1000) : wordOf('detail', part)
}).join(' · ')

/** What to show for the details of an entry, by action. */
const readers = {
  user_created: text => listed(text.replace('command line', 'command-line'),
    word => word === 'command-line' ? wordOf('detail', word) : roleName(word)),
  password_changed: byCommand, password_reset_requested: byCommand, user_activated: byCommand, totp_disabled: byCommand,
  role_changed: text => text.split(' → ').map(roleName).join(' → '),
  permission_granted: text => listed(text, rightName),
  permission_revoked: text => listed(text, rightName),
  user_changed: text => text.split(', ').map(field => wordOf('field', field)).join(', '),
  channel_created: text => wordOf('detail', text),
  channel_deleted: text => wordOf('detail', text),
  channel_exported: text => wordOf('detail', text),
  channel_changed: text => text.split(', ').map(part => {
    const [, field, value] = /^(\w+): (.*)$/s.exec(part) ?? [null, part, '']
    return value ? t('audit.pair', { name: wordOf('field', field), value: wordOf('value', value) }) : wordOf('field', field)
  }).join(', '),
  channel_members(text) {
    const [, verb, rest] = /^(\w+): (.*)$/s.exec(text) ?? [null, text, '']
    if (verb === 'added') return t('audit.members.added', { count: rest.split(' ').filter(Boolean).length })
    if (verb === 'removed') return t('audit.members.removed')
    return t('audit.pair', { name: rest, value: wordOf('detail', verb) })
  },
  category_changed(text) {
    // Earlier versions wrote a verb, whether the category is active, and its permissions.
    const [, verb, state, rights] = /^(\w+), (\w+): (.*)$/s.exec(text) ?? []
    if (!verb) return rowNote(text)
    return [wordOf('detail', verb), wordOf('detail', state), listed(rights, rightName)].filter(Boolean).join(' · ')
  },
  console_opened: consoleNote,
  console_watched: consoleNote,
  console_closed: consoleNote,
  resource_created: () => '',
  resource_changed: text => rowNote(text),
  resource_deleted: () => '',
  resource_restored: () => '',
  system_settings_changed: text => [wordOf('detail', 'change'), text.split(' ')
    .map(name => knows(`config.${name}`) ? t(`config.${name}`) : wordOf('field', name)).join(', ')].join(' · '),
}

/** The note beside an action: why it was refused, and its details. */
export function auditNote(action, code, details) {
  const words = details ? (readers[action] ?? (text => wordOf('detail', text)))(String(details)) : ''
  return [code && wordOf('code', code), words].filter(Boolean).join(' · ')
}
