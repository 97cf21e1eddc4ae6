import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { place } from '../lib/router.js'
import { session, socket } from '../lib/session.js'

const dismissedKey = 'obox.notes.dismissed'

/** Notes about what is not available: the live connection, the hypervisor, port forwarding. */
class ConnectionNote extends ViewElement {
  #dismissed = dismissed()

  connected() {
    this.watch(session)
    this.watch(socket.connection)
    this.watch(place)
  }

  view() {
    const { host, foreign } = session.get()
    if (host?.forwarding?.enabled && this.#dismissed.has('forwarding')) this.#keep('forwarding', false)
    const { state, attempts } = socket.connection.get()
    const notes = []
    if (state !== 'live' && attempts >= 2) notes.push(note('live', 'warning', t('live.down'), t('live.explain')))
    if (foreign) notes.push(note('foreign', 'warning', t('live.foreign'), foreign))
    if (host?.hypervisor && !host.hypervisor.connected)
      notes.push(note('hypervisor', 'warning', t('notice.hypervisor'), t('notice.hypervisorText'), host.hypervisor.reason))
    if (host?.forwarding && !host.forwarding.enabled && !this.#dismissed.has('forwarding') && ofMachines(place.get()))
      notes.push(note('forwarding', 'info', t('notice.forwarding'), t('notice.forwardingText'), host.forwarding.reason, true))
    return html`<div class="notes" role="status">${notes}</div>`
  }

  dismiss(_, { dataset: { id } }) {
    this.#keep(id, true)
    this.update()
    document.querySelector('#content')?.focus({ preventScroll: true })
  }

  /** Stores that a note was dismissed; it may appear again once its problem was solved. */
  #keep(id, isDismissed) {
    if (isDismissed) this.#dismissed.add(id)
    else this.#dismissed.delete(id)
    try { localStorage.setItem(dismissedKey, JSON.stringify([...this.#dismissed])) } catch { /* storage is off */ }
  }
}

function dismissed() {
  try { return new Set(JSON.parse(localStorage.getItem(dismissedKey) ?? '[]')) } catch { return new Set() }
}

/** Whether a page is about machines; other pages show no notes about ports. */
const ofMachines = ({ path }) => /^\/(machines|host)(\/|$)/.test(path)

const note = (key, sign, title, text, reason, mayGo = false) => html`
  <div class="note" data-key="${key}" data-note="${key}">
    ${icon(sign)}
    <p><strong>${title}.</strong> ${text}${reason
      && html` <span class="note-reason">${t('notice.reason', { reason })}</span>`}</p>
    ${mayGo && html`<button type="button" class="icon-button" data-click="dismiss" data-id="${key}"
      aria-label="${t('notice.dismiss')}" title="${t('notice.dismiss')}">${icon('close')}</button>`}
  </div>`

customElements.define('connection-note', ConnectionNote)
