import { isOver } from './steps.js'
import { knows, t } from './i18n.js'

/** Whether its status is only the last that was known, because nobody can ask its host. */
export const isUnknown = machine => machine.host_reachable === false

/** The word that is said of its state. */
export const stateOf = machine => isUnknown(machine) ? 'unreachable' : machine.status

/** What may be asked of a machine now: action words in the order in which they are shown. */
export function actionsOf(machine, job) {
  if (isUnknown(machine) || machine.status === 'deleting') return []
  const working = job && !isOver(job)
  if (working) return job.kind === 'machine.stop' ? ['force-stop'] : []
  switch (machine.status) {
    case 'running': return ['stop', 'reboot', 'pause', 'force-stop']
    case 'paused': return ['resume', 'force-stop']
    case 'stopped': return ['start']
    default: return []
  }
}

export const mayDelete = machine => machine.status !== 'deleting'

/** The machine's name as a file name for its key. */
export const keyFile = machine => `${machine.name}.pem`

/** "private": we hold the key and its owner can have it; "own": they gave theirs; null: not theirs, or none yet. */
export function keyKind(machine, user) {
  if (String(machine.user_id) !== String(user?.id)) return null
  if (machine.has_key) return 'private'
  return ['pending', 'creating', 'error'].includes(machine.status) ? null : 'own'
}

/** Where SSH goes: the forwarded port from outside, or the inner address while forwarding is off. */
export function reach(machine) {
  if (machine.forwarding !== false && machine.port && machine.public_ip)
    return { address: machine.public_ip, port: machine.port, isPublic: true }
  const inner = machine.internal_ip || machine.ip_address
  return inner ? { address: inner, port: 22, isPublic: false } : null
}

/** The systems that people connect from. */
export const systems = ['linux', 'macos', 'windows']

/** The system of this browser, as far as it says. */
export function ownSystem(agent = navigator.userAgent) {
  if (/Windows/i.test(agent)) return 'windows'
  return /Mac OS|iPhone|iPad/i.test(agent) ? 'macos' : 'linux'
}

/** Where the browser has saved the key. On Linux the folder's name depends on the language: the system is asked for it. */
export const keyPath = (machine, system) => ({
  linux: `"$(xdg-user-dir DOWNLOAD)/${keyFile(machine)}"`,
  macos: `~/Downloads/${keyFile(machine)}`,
  windows: `"$HOME\\Downloads\\${keyFile(machine)}"`,
})[system]

/** The command that closes the key to other accounts, without which SSH refuses it. */
export const protectCommand = (machine, system) => system === 'windows'
  ? `icacls ${keyPath(machine, system)} /inheritance:r /grant:r "\${env:USERNAME}:R"`
  : `chmod 600 ${keyPath(machine, system)}`

/** The `ssh` command to copy; null before there is an address. */
export function sshCommand(machine, withKey, system = 'linux') {
  const to = reach(machine)
  if (!to || !machine.ssh_user) return null
  const key = withKey ? `-i ${keyPath(machine, system)} ` : ''
  const port = to.port === 22 ? '' : `-p ${to.port} `
  return `ssh ${key}${port}${machine.ssh_user}@${to.address}`
}

const capital = text => text.charAt(0).toUpperCase() + text.slice(1)

/** "Debian 12", "Ubuntu 24.04". */
export function systemName({ os_type: system = '', version = '' }) {
  const dotted = /^\d{4}$/.test(version) ? `${version.slice(0, 2)}.${version.slice(2)}` : version
  return `${capital(system)} ${dotted}`.trim()
}

export const planName = plan => knows(`plan.${plan.id}`) ? t(`plan.${plan.id}`) : plan.name

/** The step's name for people; an unknown word is shown as it came. */
export const stepName = (kind, step) =>
  [`step.${kind}.${step}`, `step.${step}`].find(knows) ? t([`step.${kind}.${step}`, `step.${step}`].find(knows)) : step
