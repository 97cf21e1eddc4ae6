import '../elements/form-field.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { mark } from '../lib/icons.js'
import { session } from '../lib/session.js'

const lit = new Set([3, 8, 10, 17, 21, 22, 28, 33])

/** The decoration of the pages before sign-in: a wall of boxes, some of them lit. */
const wall = () => html`
  <svg class="wall" viewBox="0 0 240 360" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
    ${Array.from({ length: 40 }, (_, index) => {
      const x = 8 + (index % 5) * 46
      const y = 8 + Math.floor(index / 5) * 44
      return html`<g class="wall-box ${lit.has(index) && 'wall-lit'}">
        <rect x="${x}" y="${y}" width="38" height="36" rx="9"/><circle cx="${x + 30}" cy="${y + 8}" r="2"/>
        </g>`
    })}
  </svg>`

/** The frame of the pages before sign-in: the brand on one side, the form on the other. */
export function gate({ title, lead, body, foot }) {
  const { appliance } = session.get()
  return html`
    <div class="gate">
      <aside class="gate-brand">
        ${wall()}
        <div class="gate-words"><p class="brand">${mark()}<span>OBox</span></p><p>${t('app.tagline')}</p>
        </div>
        <p class="gate-version">${appliance?.version
          && t('app.version', { version: appliance.version })}${appliance?.demo
          && html` · ${t('app.demo')}`}</p>
      </aside>
      <div class="gate-main">
        <div class="gate-form">
          <h1>${title}</h1>
          ${lead && html`<p class="lead">${lead}</p>`}
          ${body}
          ${foot && html`<p class="gate-foot">${foot}</p>`}
        </div>
        <div class="gate-switches">
          <preference-switch data-key="language" of="language" compact></preference-switch>
          <preference-switch data-key="theme" of="theme" compact></preference-switch>
        </div>
      </div>
    </div>`
}

/** The submit button of a form before sign-in; disabled while it is being sent. */
export const submit = (words, sending, blocked = false) =>
  html`<button class="button button-primary button-wide" ?disabled=${sending || blocked}
    ?data-busy=${sending}>${words}</button>`
