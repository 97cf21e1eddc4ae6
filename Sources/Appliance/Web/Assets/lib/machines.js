import { isOver } from './steps.js'
import { knows, t } from './i18n.js'

/** Whether the status is outdated because the hypervisor cannot be reached. */
export const isUnknown = machine => machine.host_reachable === false

/** The state to show: "unreachable", or its status. */
export const stateOf = machine => isUnknown(machine) ? 'unreachable' : machine.status

/** The actions that a machine allows now, in the order of their buttons. */
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

/** The file name of a machine's private key. */
export const keyFile = machine => `${machine.name}.pem`

/**
 * "private": the owner can download the key; "own": the owner gave a public key; null: not the owner, or no
 * key yet.
 */
export function keyKind(machine, user) {
  if (String(machine.user_id) !== String(user?.id)) return null
  if (machine.has_key) return 'private'
  return ['pending', 'creating', 'error'].includes(machine.status) ? null : 'own'
}

/**
 * The SSH address: the forwarded port, or the inner address while forwarding is off; null when there is none.
 */
export function reach(machine) {
  if (machine.forwarding !== false && machine.port && machine.public_ip)
    return { address: machine.public_ip, port: machine.port, isPublic: true }
  const inner = machine.internal_ip || machine.ip_address
  return inner ? { address: inner, port: 22, isPublic: false } : null
}

/** The operating systems for which commands are shown. */
export const systems = ['linux', 'macos', 'windows']

/** The operating system of this browser, by its user agent. */
export function ownSystem(agent = navigator.userAgent) {
  if (/Windows/i.test(agent)) return 'windows'
  return /Mac OS|iPhone|iPad/i.test(agent) ? 'macos' : 'linux'
}

/**
 * Where the browser saves the key. On Linux the name of the folder depends on the language, so `xdg-user-dir`
 * is called.
 */
export const keyPath = (machine, system) => ({
  linux: `"$(xdg-user-dir DOWNLOAD)/${keyFile(machine)}"`,
  macos: `~/Downloads/${keyFile(machine)}`,
  windows: `"$HOME\\Downloads\\${keyFile(machine)}"`,
})[system]

/** The command that makes the key private to the account, as SSH requires. */
export const protectCommand = (machine, system) => system === 'windows'
  ? `icacls ${keyPath(machine, system)} /inheritance:r /grant:r "\${env:USERNAME}:R"`
  : `chmod 600 ${keyPath(machine, system)}`

/** The `ssh` command; null while there is no address. */
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

/** The name of a step of a job; an unknown one is shown as it is. */
export const stepName = (kind, step) =>
  [`step.${kind}.${step}`, `step.${step}`].find(knows) ? t([`step.${kind}.${step}`, `step.${step}`].find(knows)) : step
