import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modulePaths } from './files.js'

const assets = '../../../Sources/Appliance/Web/Assets'
const { prefer, frenchSpaces } = await import(`${assets}/lib/i18n.js`)
const { date, dayName, megabytes, gigabytes, percent, duration } = await import(`${assets}/lib/format.js`)
const files = modulePaths.filter(path => path.startsWith('words/'))
const words = Object.assign({}, ...(await Promise.all(files.map(path => import(`${assets}/${path}`)))).map(one => one.default))

test('sizes and times are written in the language of the person', () => {
  const all = () => [megabytes(1536), gigabytes(20), percent(NaN), duration(800), duration(125000)].map(shown)
  const shown = text => text.replace(/\u00a0/g, '_')
  prefer({ language: 'en' })
  assert.deepEqual(all(), ['1.5_GB', '20_GB', '–', '0.8_s', '2_min_05_s'])
  prefer({ language: 'fr' })
  assert.deepEqual(all(), ['1,5_Go', '20_Go', '–', '0,8_s', '2_min_05_s'])
  assert.equal(shown(frenchSpaces('« Oui » ?')), '«_Oui_»_?')
})

test('the first day of a month is written as in French', () => {
  prefer({ language: 'fr' })
  assert.equal(date('2026-12-01T12:00:00'), '1er décembre 2026')
  assert.equal(date('2026-12-11T12:00:00'), '11 décembre 2026')
  assert.equal(date('2026-12-21T12:00:00'), '21 décembre 2026')
  assert.match(dayName('2026-12-01'), / 1er décembre 2026$/)
  prefer({ language: 'en' })
  assert.equal(date('2026-12-01T12:00:00'), '1 December 2026')
  prefer({ language: 'fr' })
})

test('every sentence has both languages', () => {
  const filled = text => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join()
  const pairs = Object.entries(words)
  assert.ok(pairs.length > 500)
  assert.deepEqual(pairs.filter(([, pair]) => pair.length !== 2 || !pair.every(Boolean)), [])
  assert.deepEqual(pairs.filter(([, [french, english]]) => filled(french) !== filled(english)), [])
})

test('sentences use the terms and the typography of the page', () => {
  const unwanted = [
    /'|ne vaut|pas de retour|la liaison|canal|quelqu’un/,
    /'|e-mail|the box|way back|\b(?:no|some|every)body|\bgone\b/,
  ]
  const found = Object.entries(words).filter(([, pair]) => pair.some((text, index) => unwanted[index].test(text.toLowerCase())))
  assert.deepEqual(found, [])
})

test('the details of the audit log are words of the page', async () => {
  const { auditNote } = await import(`${assets}/lib/audit-notes.js`)
  prefer({ language: 'en' })
  assert.equal(auditNote('role_changed', null, 'employee → admin'), 'Member → Administrator')
  assert.equal(auditNote('user_created', null, 'admin, command line'), 'Administrator, from the command line')
  assert.equal(auditNote('sign_in', null, 'some unknown word'), 'some unknown word')
  assert.equal(auditNote('sign_in', null, null), '')
  prefer({ language: 'fr' })
})
