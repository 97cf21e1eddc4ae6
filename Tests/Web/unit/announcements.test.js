import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { isAsked } = await import('../../../Sources/Appliance/Web/Assets/lib/announcements.js')

test('a confirmation is for the audience, as the server says, and for who has given it', () => {
  const row = { requiresConfirmation: true, isConfirmationAsked: false, isConfirmed: false }
  assert.equal(isAsked(row), false)
  assert.equal(isAsked({ ...row, isConfirmationAsked: true }), true)
  assert.equal(isAsked({ ...row, isConfirmed: true }), true)
  assert.equal(isAsked({ ...row, requiresConfirmation: false, isConfirmed: true }), false)
})
