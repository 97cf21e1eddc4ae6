import { t } from './i18n.js'
import { isInvisible } from './invisible.js'

/** Why a name is not valid for a machine; null when it is. */
export function machineNameError(name, taken = []) {
  if (!name) return t('invalid.required')
  if (!/^[a-z0-9-]+$/i.test(name)) return t('invalid.machineName')
  if (taken.some(other => other.toLowerCase() === name.toLowerCase())) return t('invalid.machineTaken')
  return null
}

const keyKinds = /^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com) [A-Za-z0-9+/]+=*( .*)?$/

/** Why a text is not a public SSH key; null when it is, or is empty. */
export function publicKeyError(text) {
  if (!text) return null
  if (/PRIVATE KEY/.test(text)) return t('invalid.privateKey')
  return keyKinds.test(text) ? null : t('invalid.publicKey')
}

/** {field: message} for each of the named fields that is empty or has only invisible characters. */
export function missing(values, names) {
  const errors = {}
  for (const name of names) if (isInvisible(String(values[name] ?? ''))) errors[name] = t('invalid.required')
  return errors
}

/** The values of a form, trimmed except for passwords. */
export function valuesOf(form) {
  const values = {}
  for (const [name, value] of new FormData(form)) values[name] = /password/i.test(name) ? value : value.trim()
  return values
}

const trees = ['orme', 'tilleul', 'cedre', 'genet', 'noyer', 'sorbier', 'aulne', 'merisier', 'saule', 'bouleau']

/** A suggested name that is not taken. */
export function suggestedName(taken = [], random = Math.random) {
  const used = new Set(taken.map(name => name.toLowerCase()))
  const tree = trees[Math.floor(random() * trees.length)]
  if (!used.has(tree)) return tree
  let count = 2
  while (used.has(`${tree}-${count}`)) count += 1
  return `${tree}-${count}`
}
