import { panel, showPanel } from './chat-panel.js'
import { ViewElement } from './element.js'
import { html } from './html.js'
import { t } from './i18n.js'
import { icon } from './icons.js'

/** The base of the panels beside the thread. Rendered only while shown; Escape and its button close it. */
export class PanelElement extends ViewElement {
  static observedAttributes = ['data-channel']
  #shown = false

  /** The name of the panel and the key of its title. */
  get panelName() { throw new TypeError('a panel has a name') }
  get titleKey() { throw new TypeError('a panel has a title') }
  get isShown() { return this.#shown }
  get channel() { return this.dataset.channel ?? '' }

  connected() {
    this.watch(panel, () => this.#follow())
    this.listen(this, 'keydown', event => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || event.target.closest('.menu')) return
      event.preventDefault()
      this.shut()
    })
    this.#follow()
  }

  disconnected() {
    if (this.#shown) showPanel(null)
    this.#shown = false
  }

  attributeChangedCallback(_, before, now) {
    if (before !== now && this.#shown) this.opened()
    this.update()
  }

  #follow() {
    const shown = panel.get().name === this.panelName
    if (shown === this.#shown) return
    this.#shown = shown
    if (shown) this.opened()
    this.update()
    if (shown) queueMicrotask(() => queueMicrotask(() => (this.querySelector('[data-focus]') ?? this.querySelector('.panel-head h2'))?.focus()))
  }

  /** Called when the panel is shown, and when the channel changes while it is. */
  opened() {}

  view() {
    if (!this.#shown) return html``
    return html`
      <section class="panel" aria-labelledby="panel-${this.panelName}">
        <header class="panel-head"><h2 id="panel-${this.panelName}" tabindex="-1">${t(this.titleKey)}</h2>
          <button type="button" class="icon-button" data-click="shut" aria-label="${t('action.close')}"
            title="${t('action.close')} (Esc)">${icon('close')}</button></header>
        ${this.inside()}
      </section>`
  }

  shut() { showPanel(null) }
}
