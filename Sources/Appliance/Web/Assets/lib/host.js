import { session } from './session.js'

/** Why no machine can be made now, for this person; null where one can, or before the host has said. */
export function creationHindrance() {
  const { quota, machines } = session.get().host ?? {}
  if (quota?.canCreate === false) return quota.reason ?? ''
  return machines?.available === false ? machines.reason ?? '' : null
}

/** Whether machines may be started on this host as it is. */
export const mayStart = () => session.get().host?.machines?.available !== false
