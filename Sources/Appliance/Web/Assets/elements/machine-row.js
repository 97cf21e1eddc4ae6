import './copy-field.js'
import './load-gauge.js'
import './status-badge.js'
import { ViewElement } from '../lib/element.js'
import { gigabytes, megabytes, percent } from '../lib/format.js'
import { mayStart } from '../lib/host.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { jobOf, jobs, loads, machines } from '../lib/live.js'
import { actionsOf, isUnknown, reach, stepName, systemName } from '../lib/machines.js'
import { perform } from '../lib/machine-actions.js'
import { isAdmin } from '../lib/session.js'
import { currentStep, isOver } from '../lib/steps.js'

/** "1 cœur · 1 Go · 20 Go". */
export const specOf = ({ vcpu, memory, disk_size: disk }) =>
  t('machine.spec', { cores: t('machine.cores', { count: vcpu }), memory: megabytes(memory), disk: gigabytes(disk) })

/** One machine of the list (attribute `machine`: its id). */
class MachineRow extends ViewElement {
  static observedAttributes = ['machine']

  connected() {
    this.watch(machines)
    this.watch(jobs)
    this.watch(loads)
  }

  view() {
    const machine = machines.get().byId[this.getAttribute('machine')]
    if (!machine) return html``
    const job = jobOf(machine.id)
    const working = job && !isOver(job) && !isUnknown(machine) ? job : null
    return html`
      <article class="row" data-status="${machine.status}">
        <span class="row-system" data-system="${machine.os_type}"
          aria-hidden="true">${(machine.os_type ?? '?').charAt(0).toUpperCase()}</span>
        <div class="row-name">
          <h2><a href="/machines/${encodeURIComponent(machine.id)}">${machine.name}</a></h2>
          <p>${systemName(machine)} · ${specOf(machine)}</p>
          ${isAdmin() && machine.owner && html`<p class="row-owner">${icon('user')}${machine.owner.name}</p>`}
        </div>
        <div class="row-state">
          <status-badge status="${machine.status}" ?unreachable=${isUnknown(machine)}></status-badge>
        </div>
        ${working ? this.#work(working) : this.#facts(machine)}
        <div class="row-actions">${this.#quick(machine, job)}${icon('next')}</div>
      </article>`
  }

  #work(job) {
    const step = currentStep(job)
    const words = job.status === 'running' && step ? stepName(job.kind, step.name) : t(`job.${job.status}`)
    return html`
      <div class="row-work">
        <p><span>${words}</span><span>${percent(job.progress)}</span></p>
        <svg class="gauge-bar" aria-hidden="true">
          <rect class="gauge-track" width="100%" height="100%" rx="2"/>
          <rect class="gauge-fill" width="${job.progress ?? 0}%" height="100%" rx="2"/></svg>
      </div>`
  }

  #facts(machine) {
    if (isUnknown(machine))
      return html`<p class="row-quiet">${t('status.last', { status: t(`status.${machine.status}`) })}</p>`
    if (machine.error) return html`<p class="row-error">${machine.error.message}</p>`
    if (machine.status !== 'running') return html`<p class="row-quiet"></p>`
    const to = reach(machine)
    const load = loads.get().byId[machine.id]
    return html`
      <div class="row-facts">
        ${to ? html`<copy-field compact value="${to.address}:${to.port}"
          label="${t(to.isPublic ? 'machine.publicAddress' : 'machine.innerAddress')}"></copy-field>`
            : html`<span class="row-quiet">${t('machine.noAddress')}</span>`}
        ${load && html`<span class="row-load">
          <load-gauge compact label="${t('load.cpu')}" value="${load.cpu?.usage ?? ''}"></load-gauge>
          <load-gauge compact label="${t('load.ram')}" value="${load.ram?.percent ?? ''}"></load-gauge>
        </span>`}
      </div>`
  }

  #quick(machine, job) {
    const action = actionsOf(machine, job).find(action => ['start', 'stop', 'resume'].includes(action) && (action !== 'start' || mayStart()))
    if (!action) return null
    const words = `${t(`do.${action}`)} ${machine.name}`
    return html`<button class="icon-button" data-click="quick" data-action="${action}" aria-label="${words}"
      title="${t(`do.${action}`)}">${icon(action === 'stop' ? 'power' : 'play')}</button>`
  }

  quick(_, button) { perform(machines.get().byId[this.getAttribute('machine')], button.dataset.action) }
}

customElements.define('machine-row', MachineRow)
