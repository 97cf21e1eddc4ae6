import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const assets = new URL('../../../Sources/Appliance/Web/Assets/', import.meta.url).pathname

/** The path from the page's folder of each of its modules, start.js (a classic script) left out. */
export const modulePaths = readdirSync(assets, { recursive: true })
  .filter(path => path.endsWith('.js') && path !== 'start.js').sort()

export const sourceOf = path => readFileSync(join(assets, path), 'utf8')

/** The path of the module that another one names by a relative path. */
export const resolved = (from, to) => relative(assets, join(assets, dirname(from), to))

/** The paths that a module imports. */
export const importsOf = path => [...sourceOf(path).matchAll(/^(?:import|export) (?:[\w*{][^'"`=;(]*? from )?'(\.[^']+)'/gm)]
  .map(([, to]) => resolved(path, to))

/** The value of a JSON file of Tests/Web. */
export const casesOf = name => JSON.parse(readFileSync(new URL(`../${name}.json`, import.meta.url), 'utf8'))
