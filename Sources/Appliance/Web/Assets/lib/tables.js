import { get } from './api.js'
import { t } from './i18n.js'

/**
 * A table as the server describes it, for its dialog: with the columns in groups, other initial values, and hints
 * (keys of words) by column.
 * Null if the reader may not see it.
 */
export async function describe(name, groups, initial = {}, hints = {}) {
  const tables = await get('/api/schemas')
  const table = tables.find(one => one.name === name)
  if (!table) return null
  const columns = table.columns.map(column => ({
    ...column, ...column.name in initial && { initial: initial[column.name] },
    ...column.name in hints && { hint: t(hints[column.name]) },
  }))
  return { ...table, columns, groups }
}
