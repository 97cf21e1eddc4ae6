import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { client } from '../lib/one-client.js'
import { continueHere, session } from '../lib/session.js'
import { gate } from '../pages/gate.js'
import { toast } from './toast-list.js'

/** Two tabs, one lamp: in the tab where OBox works. */
const tabs = () => html`
  <svg class="tabs-picture" viewBox="0 0 200 96" aria-hidden="true">
    <g class="tab-here"><path d="M4 90V34a8 8 0 0 1 8-8h6v-8a6 6 0 0 1 6-6h30a6 6 0 0 1 6 6v8h22a8 8 0 0 1 8 8v56z"/></g>
    <g class="tab-there"><path d="M110 90V34a8 8 0 0 1 8-8h6v-8a6 6 0 0 1 6-6h30a6 6 0 0 1 6 6v8h22a8 8 0 0 1 8 8v56z"/><circle cx="153" cy="58" r="11"/></g>
  </svg>`

/** Shown in the tabs that are not this workstation's client: OBox is open in another one. */
class ElsewhereView extends ViewElement {
  #moving = false

  connected() {
    this.watch(client)
    this.watch(session)
    requestAnimationFrame(() => this.querySelector('[data-click=move]')?.focus())
  }

  view() {
    const moved = client.get().state === 'moved'
    const name = session.get().user?.name || session.get().user?.username
    return gate({
      title: t(moved ? 'tabs.movedTitle' : 'tabs.title'),
      lead: t(moved ? 'tabs.movedText' : 'tabs.text', { name }),
      body: html`
        ${tabs()}
        <button class="button button-primary button-wide" data-click="move" ?disabled=${this.#moving} ?data-busy=${this.#moving}>${icon('screen')}${t(moved ? 'tabs.back' : 'tabs.move')}</button>
        <p class="quiet">${t('tabs.kept')}</p>`,
    })
  }

  async move() {
    this.#moving = true
    this.update()
    try { await continueHere() } catch (error) { toast(error.message, 'error') }
    this.#moving = false
    this.update()
  }
}

customElements.define('elsewhere-view', ElsewhereView)
