import { ViewElement } from '../lib/element.js'
import { put } from '../lib/api.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { PagedList } from '../lib/paged.js'
import { requestPath, statuses, statusName } from '../lib/requests.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { loadable, skeletons } from './loadable.js'
import { requestTags } from './request-signs.js'

/**
 * Requests in one column per status. `wishes` are the filters of their list, as JSON. A card is moved by
 * dragging or by its menu, to the statuses that the server allows.
 */
class RequestBoard extends ViewElement {
  static observedAttributes = ['wishes']
  #columns = {}
  #dragged = null

  connected() {
    this.#columns = Object.fromEntries(statuses.map(status =>
      [status, new PagedList('/api/complaints', { changed: () => this.update() })]))
    for (const type of ['COMPLAINT_UPDATE', 'catch-up']) this.listen(socket, type, () => this.again())
    this.listen(this, 'dragstart', event => this.#taken(event))
    this.listen(this, 'dragend', () => this.#drag(null))
    this.listen(this, 'dragover', event => { if (this.#target(event)) event.preventDefault() })
    this.listen(this, 'drop', event => this.#dropped(event))
    this.#ask()
  }

  attributeChangedCallback() { if (this.isConnected && this.#columns.open) this.#ask() }

  #ask() {
    const wishes = JSON.parse(this.getAttribute('wishes') || '{}')
    for (const status of statuses) {
      this.#columns[status].wishes = { ...wishes, status }
      this.#columns[status].refresh()
    }
  }

  again() { for (const status of statuses) this.#columns[status].refresh() }

  view() {
    return html`<div class="board">${statuses.map(status => this.#column(status))}</div>`
  }

  #column(status) {
    const list = this.#columns[status]
    if (!list) return null
    const isOpen = this.#dragged?.allowedStatuses.includes(status)
    return html`
      <section class="board-column" data-status="${status}" data-key="column-${status}" ?data-open=${isOpen}
        aria-labelledby="column-${status}">
        <h2 id="column-${status}">${statusName(status)} <b>${list.rows
          && `${list.rows.length}${list.more ? '+' : ''}`}</b></h2>
        ${loadable(list, rows => html`<ul class="board-cards">${rows.map(row => this.#card(row))}</ul>
          ${list.more && html`<div class="more"><button type="button" class="button button-small"
            data-click="older" data-status="${status}">${t('people.more')}</button></div>`}`,
        { waiting: skeletons('row', 1), empty: html`<p class="quiet">${t('requests.none')}</p>` })}
      </section>`
  }

  #card(request) {
    const { id, title, submitterName, assignedToName, allowedStatuses } = request
    return html`
      <li class="board-card" data-key="card-${id}" data-id="${id}"
        draggable="${allowedStatuses.length ? 'true'
        : 'false'}">
        <h3><a href="/requests/${encodeURIComponent(id)}">${title}</a></h3>
        <p class="request-tags">${requestTags(request)}</p>
        <p class="quiet">${submitterName}${assignedToName && ` → ${assignedToName}`}</p>
        ${allowedStatuses.length > 0 && html`<label class="board-move"><span class="visually-hidden">
          ${t('requests.move', { title })}</span><select class="input" data-change="moved" data-id="${id}">
          <option value="">${t('requests.moveTo')}</option>${allowedStatuses.map(status => html`
            <option value="${status}">${statusName(status)}</option>`)}</select></label>`}
      </li>`
  }

  #find(id) {
    for (const status of statuses) {
      const found = this.#columns[status].rows?.find(row => String(row.id) === id)
      if (found) return found
    }
    return null
  }

  #taken(event) {
    const card = event.target.closest?.('.board-card')
    if (!card) return
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', card.dataset.id)
    this.#drag(this.#find(card.dataset.id))
  }

  #drag(request) {
    this.#dragged = request
    this.update()
  }

  /** The column under the pointer, if the dragged card may be dropped there. */
  #target(event) {
    const status = event.target.closest?.('.board-column')?.dataset.status
    return this.#dragged?.allowedStatuses.includes(status) ? status : null
  }

  #dropped(event) {
    const [status, request] = [this.#target(event), this.#dragged]
    if (!status) return
    event.preventDefault()
    this.#drag(null)
    this.#move(request.id, status)
  }

  moved(_, select) {
    const { value, dataset: { id } } = select
    select.value = ''
    if (value) this.#move(id, value)
  }

  async #move(id, status) {
    try {
      await put(requestPath(id, '/status'), { status })
      toast(t('requests.movedTo', { status: statusName(status) }), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.again()
  }

  older(_, { dataset: { status } }) { this.#columns[status].older() }
}

customElements.define('request-board', RequestBoard)
