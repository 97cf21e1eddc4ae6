import './load-gauge.js'
import { ViewElement } from '../lib/element.js'
import { gigabytes, megabytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { loads, machines } from '../lib/live.js'
import { stateOf } from '../lib/machines.js'

/** The load of processor, memory and disk of a machine (attribute `machine`), with the last minutes. */
class MachineLoad extends ViewElement {
  static observedAttributes = ['machine']

  connected() {
    this.watch(machines)
    this.watch(loads)
  }

  view() {
    const machine = machines.get().byId[this.getAttribute('machine')]
    const load = loads.get().byId[this.getAttribute('machine')]
    if (!machine) return html``
    return html`
      <section class="card card-load" aria-labelledby="load-title">
        <h2 id="load-title">${t('load.title')}</h2>
        ${stateOf(machine) === 'running' && load ? this.#gauges(machine, load)
          : html`<p class="quiet">${t(stateOf(machine) === 'unreachable' ? 'load.unreachable'
          : 'load.none')}</p>`}
      </section>`
  }

  #gauges(machine, { cpu, ram, disk, history }) {
    const past = name => history.map(sample => sample[name] ?? 0).join(',')
    return html`
      <div class="gauges">
        <load-gauge label="${t('load.cpu')}" value="${cpu?.usage}"
          detail="${t('machine.cores', { count: machine.vcpu })}" history="${past('cpu')}"></load-gauge>
        <load-gauge label="${t('load.ram')}" value="${ram?.percent}" detail="${used(ram, megabytes)}"
          ${ram && html`history="${past('ram')}"`}></load-gauge>
        <load-gauge label="${t('load.disk')}" value="${disk?.percent}"
          detail="${used(disk, gigabytes)}"></load-gauge>
      </div>`
  }
}

/** "1,2 Go sur 2 Go"; null when not measured. */
export const used = (part, unit) =>
  Number.isFinite(part?.used) && Number.isFinite(part?.total)
    ? t('load.of', { used: unit(part.used), total: unit(part.total) }) : null

customElements.define('machine-load', MachineLoad)
