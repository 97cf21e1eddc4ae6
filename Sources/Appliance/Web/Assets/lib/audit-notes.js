import { knows, t } from './i18n.js'

/** A word of the log in the person's language; as it came where there is none. */
const say = (kind, word) => knows(`audit.${kind}.${word}`) ? t(`audit.${kind}.${word}`) : word

const roleName = role => knows(`role.${role}`) ? t(`role.${role}`) : role
const rightName = right => knows(`right.${right}`) ? t(`right.${right}`) : right
const listed = (words, name) => words.split(/[ ,]+/).filter(Boolean).map(name).join(', ')

/** What was done to a row, and the fields that changed. */
function rowNote(text) {
  const [verb, ...fields] = text.split(' ')
  return [say('detail', verb), fields.map(field => say('field', field)).join(', ')].filter(Boolean).join(' · ')
}

/** How the details of an action read, by action; each gets what the log holds. */
const readers = {
  user_created: text => listed(text.replace('command line', 'command-line'), word => word === 'command-line' ? say('detail', word) : roleName(word)),
  role_changed: text => text.split(' → ').map(roleName).join(' → '),
  permission_granted: text => listed(text, rightName),
  permission_revoked: text => listed(text, rightName),
  user_changed: text => text.split(', ').map(field => say('field', field)).join(', '),
  channel_created: text => say('detail', text),
  channel_deleted: text => say('detail', text),
  channel_exported: text => say('detail', text),
  channel_changed: text => text.split(', ').map(part => {
    const [, field, value] = /^(\w+): (.*)$/s.exec(part) ?? [null, part, '']
    return value ? t('audit.pair', { name: say('field', field), value: say('value', value) }) : say('field', field)
  }).join(', '),
  channel_members(text) {
    const [, verb, rest] = /^(\w+): (.*)$/s.exec(text) ?? [null, text, '']
    if (verb === 'added') return t('audit.members.added', { count: rest.split(' ').filter(Boolean).length })
    if (verb === 'removed') return t('audit.members.removed')
    return t('audit.pair', { name: rest, value: say('detail', verb) })
  },
  category_changed(text) {
    // As earlier versions wrote it: a verb, whether it is active, and its rights.
    const [, verb, state, rights] = /^(\w+), (\w+): (.*)$/s.exec(text) ?? []
    if (!verb) return rowNote(text)
    return [say('detail', verb), say('detail', state), listed(rights, rightName)].filter(Boolean).join(' · ')
  },
  resource_created: () => '',
  resource_changed: text => rowNote(text),
  resource_deleted: () => '',
}

/** What the log says beside the action: why it was refused, and what it was about. */
export function auditNote(action, code, details) {
  const words = details ? (readers[action] ?? (text => say('detail', text)))(String(details)) : ''
  return [code && say('code', code), words].filter(Boolean).join(' · ')
}
