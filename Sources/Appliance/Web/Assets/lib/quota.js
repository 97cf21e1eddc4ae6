import { bytes, gigabytes, megabytes, number } from './format.js'
import { t } from './i18n.js'

/**
 * The resources with a quota, in the order of their fields; `step` converts the unit of the field to that of
 * the API.
 */
export const resources = [
  { name: 'machines', step: 1 },
  { name: 'cores', step: 1 },
  { name: 'memory', step: 1 },
  { name: 'disk', step: 1 },
  { name: 'bytes', step: 1024 ** 2 },
]

const shown = { machines: number, cores: number, memory: megabytes, disk: gigabytes, bytes }

/** An amount of a resource with its unit: "6 Go". */
export const amount = (resource, value) => shown[resource](value)

/** Why a size exceeds the rest of a quota; null when it fits, or when the quota is unknown. */
export function lacking({ vcpu, memory, disk_size }, quota) {
  if (!quota) return null
  for (const [resource, wanted] of [['machines', 1], ['cores', vcpu], ['memory', memory], ['disk', disk_size]]) {
    const { used = 0, most = Infinity } = quota[resource] ?? {}
    if (used + wanted > most) return t('quota.lacking', { what: t(`quota.${resource}`), left: amount(resource, Math.max(0, most - used)) })
  }
  return null
}
