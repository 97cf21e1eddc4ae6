import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { session, socket } from '../lib/session.js'

/** Says calmly what is away: the live connection, the hypervisor, port forwarding. */
class ConnectionNote extends ViewElement {
  connected() {
    this.watch(session)
    this.watch(socket.connection)
  }

  view() {
    const { host } = session.get()
    const { state, attempts } = socket.connection.get()
    const notes = []
    if (state !== 'live' && attempts >= 2) notes.push(note('live', 'warning', t('live.down'), t('live.explain')))
    if (host?.hypervisor && !host.hypervisor.connected)
      notes.push(note('hypervisor', 'warning', t('notice.hypervisor'), t('notice.hypervisorText'), host.hypervisor.reason))
    if (host?.forwarding && !host.forwarding.enabled)
      notes.push(note('forwarding', 'info', t('notice.forwarding'), t('notice.forwardingText'), host.forwarding.reason))
    return html`<div class="notes" role="status">${notes}</div>`
  }
}

const note = (key, sign, title, text, reason) => html`
  <div class="note" data-key="${key}" data-note="${key}">
    ${icon(sign)}
    <p><strong>${title}.</strong> ${text}${reason && html` <span class="note-reason">${t('notice.reason', { reason })}</span>`}</p>
  </div>`

customElements.define('connection-note', ConnectionNote)
