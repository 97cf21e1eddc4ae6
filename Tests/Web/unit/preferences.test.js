import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { prefer, preferences, preferencesFor } = await import('../../../Sources/Appliance/Web/Assets/lib/i18n.js')

test('what one account has chosen is not the choice of another in the same browser', () => {
  navigator.languages = ['en-GB', 'fr']
  prefer({ language: 'fr', theme: 'dark' }, '7')
  assert.deepEqual(preferencesFor('7'), {})
  assert.deepEqual(preferencesFor('8'), { language: 'en', theme: 'auto' })
  prefer(preferencesFor('8'), '8')
  assert.deepEqual(preferences.get(), { language: 'en', theme: 'auto' })
})

test('what was chosen before the sign-in stays', () => {
  prefer({ language: 'fr' }, null)
  assert.deepEqual(preferencesFor('8'), {})
})
