import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importsOf, modulePaths, resolved, sourceOf } from './files.js'

/** Each way from a module back to itself, as the modules on it. */
function circles(graph) {
  const found = []
  const done = new Set()
  const visit = (path, way) => {
    if (way.includes(path)) return void found.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...way, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}

/** All that a module imports, by whatever way. */
function reachedFrom(path, reached = new Set()) {
  for (const next of importsOf(path)) if (!reached.has(next)) reachedFrom(next, reached.add(next))
  return reached
}

test('a circle of imports is found', () => {
  const graph = new Map([['a', ['b']], ['b', ['c', 'd']], ['c', ['a']], ['d', []]])
  assert.deepEqual(circles(graph), ['a → b → c → a'])
})

test('no modules import each other', () => {
  assert.deepEqual(circles(new Map(modulePaths.map(path => [path, importsOf(path)]))), [])
})

test('every import leads to a module', () => {
  const known = new Set(modulePaths)
  const missing = modulePaths.flatMap(path => importsOf(path).filter(to => !known.has(to)).map(to => `${path}: ${to}`))
  assert.deepEqual(missing, [])
})

test('every imported name is exported', () => {
  const exported = path => new Set([...sourceOf(path).matchAll(/^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm)].map(([, name]) => name)
    .concat([...sourceOf(path).matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names]) => names.split(',').map(name => name.trim().split(' as ').at(-1)))))
  const missing = modulePaths.flatMap(path =>
    [...sourceOf(path).matchAll(/^(?:import|export) \{([^}]*)\} from '(\.[^']+)'/gm)].flatMap(([, names, to]) => {
      const known = exported(resolved(path, to))
      return names.split(',').map(name => name.trim().split(' as ')[0]).filter(name => name && !known.has(name))
        .map(name => `${path}: ${name} of ${to}`)
    }))
  assert.deepEqual(missing, [])
})

test('every module is imported', () => {
  const used = new Set(['app.js', 'live-worker.js', ...reachedFrom('app.js'), ...reachedFrom('live-worker.js')])
  assert.deepEqual(modulePaths.filter(path => !used.has(path)), [])
})

test('the chat’s history, its outbox and its composer build on the threads and not on each other', () => {
  const chat = name => `lib/chat/${name}.js`
  const apart = {
    threads: ['history', 'outgoing', 'incoming', 'sending', 'composer-state'],
    history: ['outgoing', 'incoming', 'sending', 'composer-state'],
    outgoing: ['history', 'incoming', 'sending', 'composer-state'],
    incoming: ['history', 'outgoing', 'sending', 'composer-state'],
    'composer-state': ['history', 'outgoing', 'incoming', 'sending'],
  }
  for (const [name, others] of Object.entries(apart)) {
    const reached = reachedFrom(chat(name))
    assert.deepEqual(others.filter(other => reached.has(chat(other))), [], name)
  }
})

test('every page registers itself, once, with its access and its title', () => {
  const pages = modulePaths.filter(path => path.startsWith('pages/') && !['pages/gate.js', 'pages/not-found.js'].includes(path))
  const registration = /^route\([^{]*(?:\{ id \}\) =>)?[^]*?`,\s\s?\s?\{ access: '\w+', title: '[\w.]+' \}\)$/gm
  assert.ok(pages.length >= 20)
  assert.deepEqual(pages.filter(path => sourceOf(path).match(registration)?.length !== 1), [])
})

/** The imports from one folder into others that build on it. */
const upward = (folder, above) => modulePaths.filter(path => path.startsWith(folder))
  .flatMap(path => importsOf(path).filter(to => above.some(other => to.startsWith(other))).map(to => `${path}: ${to}`))

test('elements import no page', () => assert.deepEqual(upward('elements/', ['pages/']), []))

test('lib imports no element, field or page', () => {
  assert.deepEqual(upward('lib/', ['elements/', 'fields/', 'pages/']), [])
})

test('what is fetched is shown by loadable, and fetched by a loader', () => {
  const own = modulePaths.filter(path => !/^(words|lib)\//.test(path) && path !== 'elements/loadable.js')
  assert.deepEqual(own.filter(path => sourceOf(path).includes("t('error.load')") && !sourceOf(path).includes('loadable(')), [])
  const byHand = /if \(error\.name === 'AbortError'\) return\n\s+this\.#error = error/
  assert.deepEqual(own.filter(path => byHand.test(sourceOf(path))), [])
})
