import './browser.js'
import assert from 'node:assert/strict'
import { test } from 'node:test'

const { html } = await import('../../../Sources/Appliance/Web/Assets/lib/html.js')

test('the template escapes text and attributes but not its own markup', () => {
  const evil = `<img src=x onerror="alert('1')">&`
  const text = String(html`<p title="${evil}">${evil}${html`<b>${'<'}</b>`}${[1, html`<i></i>`, null, false]}</p>`)
  const safe = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
  assert.equal(text, `<p title="${safe}">${safe}<b>&lt;</b>1<i></i></p>`)
})

test('a boolean attribute is there or not', () => {
  assert.equal(String(html`<a ?one=${true} ?two=${false}></a>`), '<a one=""></a>')
})
