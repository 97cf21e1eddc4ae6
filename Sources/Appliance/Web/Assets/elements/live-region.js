import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { announcements } from '../lib/announcer.js'
import { machines } from '../lib/live.js'
import { stateOf } from '../lib/machines.js'

/** Announces changes of machines, and other announcements, to screen readers. */
class LiveRegion extends ViewElement {
  #known = null
  #text = ''

  connected() {
    this.watch(machines, () => this.#compare())
    this.watch(announcements, ({ text }) => this.#announce(text))
  }

  #compare() {
    const { loaded, byId } = machines.get()
    const news = []
    // After signing out the list is emptied, which is no change of a machine.
    if (this.#known && loaded) {
      for (const machine of Object.values(byId))
        if (!this.#known[machine.id] || stateOf(this.#known[machine.id]) !== stateOf(machine))
          news.push(t('status.announce', { name: machine.name, status: t(`status.${stateOf(machine)}`) }))
      for (const machine of Object.values(this.#known))
        if (!byId[machine.id]) news.push(t('status.gone', { name: machine.name }))
    }
    this.#known = loaded ? byId : null
    if (!news.length) return
    this.#announce(news.join(' '))
  }

  #announce(text) {
    // The same text is announced again only if it differs.
    this.#text = text && text === this.#text ? `${text}\u00a0` : text
    this.update()
  }

  view() { return html`<p class="visually-hidden" aria-live="polite">${this.#text}</p>` }
}

customElements.define('live-region', LiveRegion)
