import '../elements/create-dialog.js'
import '../elements/machine-row.js'
import { emptyState } from '../elements/empty-state.js'
import { firstSteps } from '../elements/first-steps.js'
import { loadable } from '../elements/loadable.js'
import { ViewElement } from '../lib/element.js'
import { creationHindrance } from '../lib/host.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { fetchMachines, machineList, machines } from '../lib/live.js'
import { isUnknown, stateOf, systemName } from '../lib/machines.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The machines that the user may see, live, and the dialog to create one. */
class MachinesPage extends ViewElement {
  #filter = ''

  connected() {
    this.#filter = place.get().query.get('q') ?? ''
    this.watch(machines)
    this.watch(session)
    this.listen(this, 'keydown', event => { if (event.key === 'Escape' && event.target.id === 'filter') this.clear() })
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/machines', { replace: true })
      this.create()
    })
  }

  view() {
    const { loaded, error } = machines.get()
    const { host } = session.get()
    const quota = host?.quota
    const hindrance = creationHindrance()
    const list = machineList()
    const running = list.filter(machine => stateOf(machine) === 'running').length
    const state = list.some(isUnknown) ? t('status.unreachable') : t('machines.running', { count: running })
    return html`
      <header class="page-head">
        <div>
          <h1>${t(isAdmin() ? 'machines.all' : 'machines.title')}</h1>
          <p class="lead">${loaded && list.length > 0
            && html`<span>${t('machines.count', { count: list.length })} · ${state}</span>`}
            ${loaded && quota && (quota.canCreate || !isAdmin()) && quota.max > 0
              && html`<span class="quota">${this.#quotaLamps(quota)}${t('machines.quota', { used: quota.used,
              max: quota.max })}</span>`}</p>
          ${hindrance && html`<p class="quota-reason" id="quota-reason">${icon('info')}${hindrance}</p>`}
        </div>
        ${(this.#mayCreate || quota?.max > 0 && !isAdmin())
          && html`<button class="button button-primary" data-key="new" data-click="create" title="n"
            aria-disabled="${this.#mayCreate ? 'false' : 'true'}"
            ${!this.#mayCreate && html`aria-describedby="quota-reason"`}>
            ${icon('plus')}${t('machines.new')}</button>`}
      </header>
      ${isAdmin() && loaded && firstSteps()}
      ${(list.length > 3 || this.#filter) && this.#filterField()}
      ${loadable({ value: loaded ? list : null, error }, () => this.#list(list), { waiting: loading() })}
      <create-dialog data-key="create"></create-dialog>`
  }

  get #mayCreate() { return creationHindrance() === null }

  #quotaLamps({ used, max }) {
    if (max > 12) return null
    return html`<span class="lamps"
      aria-hidden="true">${Array.from({ length: max }, (_, index) => html`<i
      ?data-on=${index < used}></i>`)}</span>`
  }

  #filterField() {
    return html`
      <div class="filter" data-key="filter">
        ${icon('search')}
        <input class="input" type="search" id="filter" value="${this.#filter}" data-input="filtered"
          aria-label="${t('machines.filterLabel')}" placeholder="${t('machines.filter')}" autocomplete="off"
          spellcheck="false">
        <kbd>/</kbd>
      </div>`
  }

  #list(list) {
    if (!list.length) return this.#none()
    const words = this.#filter.toLowerCase().split(/\s+/).filter(Boolean)
    const found = list.filter(machine => words.every(word => wordsOf(machine).includes(word)))
    if (!found.length) return emptyState({
      icon: 'search', title: t('machines.noMatch', { text: this.#filter }),
      action: html`<button class="button" data-click="clear">${t('machines.clearFilter')}</button>`,
    })
    return html`<ul class="rows" aria-label="${t('machines.list')}">${found.map(machine => html`
      <li data-key="machine-${machine.id}"><machine-row machine="${machine.id}"></machine-row></li>`)}</ul>`
  }

  #none() {
    if (!this.#mayCreate) return emptyState({ icon: 'machines', title: t('machines.none'), text: isAdmin() ? t('machines.noneAdmin') : null })
    return emptyState({
      icon: 'machines', title: t('machines.none'), text: t('machines.noneText'),
      action: html`<button class="button button-primary" data-click="create">
        ${icon('plus')}${t('machines.new')}</button>`,
    })
  }

  again() { fetchMachines() }

  create() {
    if (this.#mayCreate) return this.querySelector('create-dialog').open()
    toast(creationHindrance())
  }

  focusFilter() { this.querySelector('#filter')?.focus() }

  filtered(_, input) {
    this.#filter = input.value.trim()
    this.update()
  }

  clear() {
    this.#filter = ''
    this.querySelector('#filter').value = ''
    this.update()
  }
}

const wordsOf = machine =>
  [machine.name, systemName(machine), t(`status.${stateOf(machine)}`), machine.public_ip, machine.port, machine.internal_ip, machine.owner?.name]
    .join(' ').toLowerCase()

const loading = () => html`
  <div class="rows" aria-busy="true"><p class="visually-hidden" role="status">${t('app.loading')}</p>
    ${[1, 2, 3].map(() => html`<span class="skeleton skeleton-row"></span>`)}</div>`

customElements.define('machines-page', MachinesPage)
route(['/', '/machines'], () => html`<machines-page data-key="machines"></machines-page>`,
  { access: 'signedIn', title: 'machines.title' })
