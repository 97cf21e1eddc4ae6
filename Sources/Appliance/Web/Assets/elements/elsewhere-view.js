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
  <svg class="tabs-picture" viewBox="0 0 220 110" aria-hidden="true">
    <rect class="tab-window" x="2" y="24" width="216" height="84" rx="10"/>
    <path class="tab-there" d="M14 24V12a8 8 0 0 1 8-8h58a8 8 0 0 1 8 8v12z"/><circle class="tab-lamp" cx="29" cy="14" r="4"/><path class="tab-name" d="M40 14h32"/>
    <path class="tab-here" d="M94 24V12a8 8 0 0 1 8-8h58a8 8 0 0 1 8 8v12"/><path class="tab-name" d="M108 14h44"/>
    <path class="tab-line" d="M18 46h70M18 60h110M18 74h90M18 88h50"/>
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
