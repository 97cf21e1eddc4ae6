import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { modulePaths, sourceOf } from './files.js'

const widest = 110
const markup = modulePaths.filter(path => /^(elements|pages)\//.test(path) || sourceOf(path).includes('html`'))
const isMarkup = line => /html`|<\/?[a-z][\w-]*[ >]|\s[\w-]+="/.test(line)

test(`a line of markup has at most ${widest} columns`, () => {
  const wide = markup.filter(path => path !== 'lib/icons.js').flatMap(path => sourceOf(path).split('\n')
    .flatMap((line, index) => line.length > widest && isMarkup(line) ? [`${path}:${index + 1}`] : []))
  assert.deepEqual(wide, [])
})

test('what is hidden while it is empty holds no white space', () => {
  const styles = readdirSync(new URL('../../../Sources/Appliance/Web/Assets/styles/', import.meta.url))
  const names = styles.flatMap(name => [...sourceOf(`styles/${name}`).matchAll(/\.([\w-]+):(?:empty|not\(:empty)/g)].map(([, one]) => one))
  assert.ok(names.length > 3)
  const padded = new RegExp(`class="(?:[^"]* )?(?:${names.join('|')})(?: [^"]*)?"(?:[^<>]|=>)*>\\s*\\n`)
  assert.deepEqual(markup.filter(path => path !== 'elements/channel-list.js' && padded.test(sourceOf(path))), [])
})
