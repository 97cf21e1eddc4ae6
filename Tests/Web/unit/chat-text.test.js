import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { casesOf } from './files.js'

const assets = '../../../Sources/Appliance/Web/Assets/lib'
const { markdown } = await import(`${assets}/chat/markdown.js`)
const { calledNames } = await import(`${assets}/chat/mentions.js`)
const { textMarkup } = await import(`${assets}/chat/markup.js`)
const { isInvisible } = await import(`${assets}/invisible.js`)

/** The markup of a message, with a line break between attributes as a blank. */
const markup = text => String(textMarkup(text, { username: 'nora' })).replace(/\n\s+/g, ' ')

test('calls are read as the server reads them', () => {
  for (const { text, names } of casesOf('mentions')) assert.deepEqual(calledNames(text), names, text)
})

test('text is invisible where the server takes it so', () => {
  for (const { text, invisible } of casesOf('invisible')) assert.equal(isInvisible(text), invisible, JSON.stringify(text))
})

test('what looks like markup stays text', () => {
  const evils = ['<img src=x onerror=alert(1)>', '**<script>1</script>**', '`<b>`', '```\n<i>\n```', '> <u>', '[<b>](https://x.fr)']
  for (const evil of evils)
    for (const tag of ['<img', '<script', '<i>', '<u>', '<b>']) assert.ok(!markup(evil).includes(tag), evil)
})

test('only web and mail addresses become links', () => {
  const evils = [
    '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](data:text/html,1)', 'javascript:alert(1)', '[x](//e.x)', '[x](vbscript:1)',
  ]
  for (const evil of evils) assert.ok(!markup(evil).includes('<a'), evil)
  const shown = markup('voir https://a.fr/c_(d). et [ici](https://b.fr/?q="><script>) ou moi@c.fr')
  assert.ok(shown.includes('<a href="https://a.fr/c_(d)" target="_blank" rel="noopener noreferrer">https://a.fr/c_(d)</a>.'), shown)
  assert.ok(!shown.includes('<script>'))
  assert.ok(shown.includes('href="mailto:moi@c.fr"'))
})

test('marks nest and unclosed ones stay', () => {
  assert.equal(markup('a **b *c* d** ~~e~~ _f_ x_y_z 2 * 3'),
    '<p>a <strong>b <em>c</em> d</strong> <s>e</s> <em>f</em> x_y_z 2 * 3</p>')
  assert.equal(markup('**un *closed'), '<p>**un *closed</p>')
  assert.equal(markup('***x*** \\*y\\*'), '<p><strong><em>x</em></strong> *y*</p>')
  assert.equal(markup('`a*b*` ``c`d``'), '<p><code>a*b*</code> <code>c`d</code></p>')
})

test('blocks are told apart and line breaks kept', () => {
  const blocks = markdown('un\ndeux\n\n> q\n> > qq\n- a\n- b\n3. c\n```py\n*x*\n```\nfin')
  assert.deepEqual(blocks.map(({ type }) => type), ['paragraph', 'quote', 'list', 'list', 'code', 'paragraph'])
  assert.deepEqual(blocks[0].children[1], { type: 'break' })
  assert.equal(blocks[3].start, 3)
  assert.deepEqual([blocks[4].language, blocks[4].text], ['py', '*x*'])
})

test('a mention of oneself stands out and an address is none', () => {
  assert.equal(markup('@nora, @paul-2 et a@nora.fr').split('class="mention"').length - 1, 2)
  assert.ok(markup('@nora!').includes('class="mention" data-me="" data-person-name="nora">@nora<'))
  assert.ok(markup('@everyone').includes('data-me'))
})

test('a few emoji alone are large', () => {
  assert.ok(markup('👍🏽 👨‍👩‍👧').includes('only-emoji'))
  for (const text of ['👍 ok', '12', '👍👍👍👍👍']) assert.ok(!markup(text).includes('only-emoji'), text)
})

// Processor time, which a busy machine does not lengthen.
test('hostile text costs no more than its length', () => {
  const texts = [
    '**_'.repeat(2700), '`'.repeat(8000), '[a]('.repeat(2000), 'http://a' + ')'.repeat(7900),
    '*a '.repeat(2600), '> '.repeat(4000), 'a@'.repeat(4000), '~~**__'.repeat(1300),
  ]
  for (const text of texts) {
    const before = process.cpuUsage()
    markdown(text)
    const { user } = process.cpuUsage(before)
    assert.ok(user < 250_000, `${user} µs for ${text.slice(0, 20)}`)
  }
})
