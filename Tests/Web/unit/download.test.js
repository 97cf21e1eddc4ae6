import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { fileNameOf } = await import('../../../Sources/Appliance/Web/Assets/lib/download.js')

test('a file is saved under the name that the server gives it', () => {
  assert.equal(fileNameOf('attachment; filename="A.zip"', 'x'), 'A.zip')
  assert.equal(fileNameOf('attachment; filename="__.zip"; filename*=UTF-8\'\'%C3%89t%C3%A9.zip', 'x'), 'Été.zip')
  assert.equal(fileNameOf('attachment; filename="A.zip"; filename*=UTF-8\'\'%C3', 'x'), 'A.zip')
  for (const none of [null, '', 'inline']) assert.equal(fileNameOf(none, 'x.zip'), 'x.zip')
})
