import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { isAsked, isFor } = await import('../../../Sources/Appliance/Web/Assets/lib/announcements.js')
const ada = { id: '1', role: 'admin', department: 'Direction' }

test('an audience is everyone, or by person, role or department; categories are known to the server alone', () => {
  const told = audience => isFor({ audience }, ada)
  assert.equal(told([]), true)
  assert.equal(told(['user:2', 'user:1']), true)
  assert.equal(told(['role:admin']), true)
  assert.equal(told(['department:Direction']), true)
  assert.equal(told(['user:11', 'role:employee', 'department:']), false)
  assert.equal(told(['user:2', 'category:3']), null)
})

test('only readers in the audience are asked to confirm; an author in doubt is not', () => {
  const row = { requiresConfirmation: true, isConfirmed: false, authorId: '1', audience: ['department:Ventes'] }
  assert.equal(isAsked(row, ada), false)
  assert.equal(isAsked({ ...row, audience: [] }, ada), true)
  assert.equal(isAsked({ ...row, audience: ['category:3'] }, ada), false)
  assert.equal(isAsked({ ...row, audience: ['category:3'] }, { ...ada, id: '2' }), true)
  assert.equal(isAsked({ ...row, isConfirmed: true }, ada), true)
  assert.equal(isAsked({ ...row, requiresConfirmation: false, audience: [] }, ada), false)
})
