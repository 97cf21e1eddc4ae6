import { session } from './session.js'

/** Why the user cannot create a machine now; null when they can, or while that is not known. */
export function creationHindrance() {
  const { quota, machines } = session.get().host ?? {}
  if (quota?.canCreate === false) return quota.reason ?? ''
  return machines?.available === false ? machines.reason ?? '' : null
}

/** Whether machines are simulated by libvirt's test driver. */
export const isSimulated = () => session.get().host?.hypervisor?.type === 'test'

/** Whether the host can start machines now. */
export const mayStart = () => session.get().host?.machines?.available !== false
