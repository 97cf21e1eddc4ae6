import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { nextVersion } = await import('../../../Sources/Appliance/Web/Assets/lib/documents.js')

test('the next version follows the highest of all, compared by numbers', () => {
  assert.equal(nextVersion(['1.2']), '1.3')
  assert.equal(nextVersion(['1.2', '1.10', '1.3', '1.2']), '1.11')
  assert.equal(nextVersion(['1.9', 'draft', '2']), '2.1')
})

test('a label that is no number is followed by a point and a number', () => {
  assert.equal(nextVersion(['B', '1.4']), 'B.1')
  assert.equal(nextVersion(['B.1']), 'B.2')
})
