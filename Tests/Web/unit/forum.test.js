import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const assets = '../../../Sources/Appliance/Web/Assets'
const { allowed, linkOf, partsOf } = await import(`${assets}/lib/rich-text.js`)
const { tagsOf } = await import(`${assets}/lib/forum.js`)
const origin = 'https://obox.example'
const element = (nodeName, attributes = {}) => allowed({ nodeName, attribute: name => attributes[name] ?? null }, origin)

test('of rendered text only the allowed elements are kept, without attributes of their own', () => {
  for (const name of ['SCRIPT', 'STYLE', 'IFRAME', 'svg', 'math', 'TEMPLATE']) assert.equal(element(name), null, name)
  for (const name of ['FORM', 'INPUT', 'BUTTON', 'X-Y', 'BODY']) assert.deepEqual(element(name), {}, name)
  assert.deepEqual(element('P', { onclick: 'x()', style: 'color: red', id: 'main' }), { name: 'p', attributes: {} })
  assert.deepEqual(element('TD', { align: 'right' }), { name: 'td', attributes: { class: 'align-right' } })
  assert.deepEqual(element('TD', { align: 'right" onclick="x()' }), { name: 'td', attributes: {} })
  assert.deepEqual(element('OL', { start: '3' }), { name: 'ol', attributes: { start: '3' } })
  assert.deepEqual(element('H1'), { name: 'h3', attributes: {} })
})

test('links lead to pages and mail, and those to other sites open in a new tab', () => {
  for (const address of ['', ' ', 'javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc', 'http://['])
    assert.equal(linkOf(address, origin), null, address)
  assert.deepEqual(linkOf('/forum?x=1#y', origin), { href: '/forum?x=1#y' })
  assert.deepEqual(linkOf('mailto:a@example.org', origin), { href: 'mailto:a@example.org' })
  assert.deepEqual(linkOf('https://example.org/a', origin), {
    href: 'https://example.org/a', target: '_blank', rel: 'noopener noreferrer nofollow',
  })
  assert.deepEqual(element('A', { href: 'javascript:x' }), {})
})

test('a picture is one of this site, and its description otherwise', () => {
  assert.deepEqual(element('IMG', { src: 'https://example.org/spy.png', alt: 'Cat' }), { text: 'Cat' })
  assert.deepEqual(element('IMG', { src: '/api/auth/logout', alt: '' }), { text: '' })
  assert.equal(element('IMG', { src: '/api/uploads/abc.png' }).attributes.src, '/api/uploads/abc.png')
})

test('mentions are found in text as the server finds them', () => {
  const names = text => partsOf(text).filter(({ name }) => name).map(({ name }) => name)
  assert.deepEqual(names('Hi @lea, (@sam.x) and @mod.'), ['lea', 'sam.x', 'mod'])
  assert.deepEqual(names('a@example.org é@lea @ @- x.@lea'), [])
  const text = 'Hi @lea, and @sam!'
  assert.equal(partsOf(text).map(part => part.text).join(''), text)
  assert.deepEqual(partsOf(''), [])
})

test('tags are words between commas, each once', () => {
  assert.deepEqual(tagsOf(' ssh, machines,,ssh '), ['ssh', 'machines'])
  assert.deepEqual(tagsOf(''), [])
})
