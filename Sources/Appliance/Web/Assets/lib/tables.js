import { get } from './api.js'

/**
 * A table as the server describes it, for its dialog: with the columns in groups, and other initial values.
 * Null if the reader may not see it.
 */
export async function describe(name, groups, initial = {}) {
  const tables = await get('/api/schemas')
  const table = tables.find(one => one.name === name)
  if (!table) return null
  const columns = table.columns.map(column => column.name in initial
    ? { ...column, initial: initial[column.name] } : column)
  return { ...table, columns, groups }
}
