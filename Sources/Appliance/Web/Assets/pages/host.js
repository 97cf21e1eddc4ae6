import '../elements/health-checks.js'
import '../elements/load-gauge.js'
import '../elements/load-graph.js'
import '../elements/status-badge.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { specOf } from '../elements/machine-row.js'
import { used } from '../elements/machine-load.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { download } from '../lib/download.js'
import { gigabytes, megabytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { loads, machineList, machines } from '../lib/live.js'
import { Loader } from '../lib/loader.js'
import { isUnknown, stateOf } from '../lib/machines.js'
import { route } from '../lib/router.js'
import { refreshHost, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const askEvery = 5000
const historyLength = 60

/** Whether all is well, the load of the host and all machines, for administrators. */
class HostPage extends ViewElement {
  #system = new Loader(this, async signal => this.#sampled(await get('/api/monitoring/system', { signal })))
  #busy = false
  #history = []
  #receivedAt = 0

  connected() {
    this.watch(machines)
    this.watch(loads)
    this.watch(session)
    const release = socket.subscribe('system')
    this.signal.addEventListener('abort', release)
    this.listen(socket, 'SYSTEM_STATS', ({ detail }) => { this.#receivedAt = Date.now(); this.#system.set(this.#sampled(detail)) })
    this.every(askEvery, () => this.#askIfSilent())
    refreshHost()
    this.#fetch()
  }

  #askIfSilent() {
    if (document.visibilityState === 'visible' && Date.now() - this.#receivedAt > askEvery * 1.5) this.#fetch()
  }

  #fetch() { this.#system.load() }

  /** Adds the figures to the history behind the gauges, and returns them. */
  #sampled(system) {
    const sample = { cpu: system.cpu?.usage ?? 0, ram: system.ram?.percent ?? 0 }
    this.#history = [...this.#history, sample].slice(-historyLength)
    return system
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('host.title')}</h1><p class="lead">${t('host.lead')}</p></div>
        <div class="page-actions"><button class="button" data-key="report" data-click="report"
          ?data-busy=${this.#busy} title="${t('health.reportHint')}">
          ${icon('download')}${t('health.report')}</button>
          <button class="button" data-key="check" data-click="check">
          ${icon('reboot')}${t('health.again')}</button></div>
      </header>
      <health-checks data-key="health"></health-checks>
      ${this.#images()}
      ${this.#condition()}
      ${loadable(this.#system, system => this.#gauges(system), { waiting: skeletons('card') })}
      <load-graph data-key="graph"></load-graph>
      ${this.#table()}`
  }

  /** The images that are not offered, with the reason. */
  #images() {
    const { skippedImages = [] } = session.get().host ?? {}
    return skippedImages.length > 0
      && html`<section class="card host-images" aria-labelledby="host-images" data-key="images">
        <h2 id="host-images">${t('host.images')}</h2>
        <dl>${skippedImages.map(({ path, message }) => html`<div data-key="image-${path}"><dt>
          <code>${path}</code></dt><dd>${message}</dd></div>`)}</dl>
      </section>`
  }

  #condition() {
    const { host } = session.get()
    if (!host) return null
    const active = host.hypervisor.connected ? this.#system.value?.activeVMs : null
    return html`
      <dl class="condition">
        ${fact(t('host.publicAddress'), host.publicIp || '–')}
        ${fact(t('host.activeMachines'), active ?? '–')}
      </dl>`
  }

  #gauges({ cpu, ram, disk }) {
    const past = name => this.#history.map(sample => sample[name]).join(',')
    return html`
      <section class="card" aria-labelledby="host-load"><h2 id="host-load">${t('load.title')}</h2>
        <div class="gauges">
        <load-gauge label="${t('load.cpu')}" value="${cpu?.usage}"
          detail="${t('host.cores', { count: cpu?.cores ?? 0 })}" history="${past('cpu')}"></load-gauge>
        <load-gauge label="${t('load.ram')}" value="${ram?.percent}" detail="${used(ram, megabytes)}"
          history="${past('ram')}"></load-gauge>
        <load-gauge label="${t('load.disk')}" value="${disk?.percent}" detail="${used(disk, gigabytes)}"
          history=""></load-gauge>
      </div></section>`
  }

  #table() {
    const list = machineList()
    if (!machines.get().loaded) return null
    if (!list.length) return emptyState({ icon: 'machines', title: t('machines.none'), text: t('machines.noneAdmin') })
    return html`
      <section class="card" aria-labelledby="host-machines"><h2 id="host-machines">${t('host.machines')}</h2>
        <table class="table"><thead><tr>
          ${['machine', 'owner', 'status', 'size'].map(column => html`<th scope="col">
            ${t(`host.table.${column}`)}</th>`)}
          <th scope="col">${t('load.cpu')}</th><th scope="col">${t('load.ram')}</th></tr></thead>
        <tbody>${list.map(machine => this.#line(machine))}</tbody></table>
      </section>`
  }

  #line(machine) {
    const load = stateOf(machine) === 'running' ? loads.get().byId[machine.id] : null
    return html`
      <tr data-key="line-${machine.id}">
        <th scope="row"><a href="/machines/${encodeURIComponent(machine.id)}">${machine.name}</a></th>
        <td data-label="${t('host.table.owner')}">${machine.owner?.name ?? machine.full_name}</td>
        <td data-label="${t('host.table.status')}">
          <status-badge status="${machine.status}" ?unreachable=${isUnknown(machine)}></status-badge></td>
        <td data-label="${t('host.table.size')}">${specOf(machine)}</td>
        <td data-label="${t('load.cpu')}">
          <load-gauge compact label="${t('load.cpu')}" value="${load?.cpu?.usage}"></load-gauge></td>
        <td data-label="${t('load.ram')}">
          <load-gauge compact label="${t('load.ram')}" value="${load?.ram?.percent}"></load-gauge></td>
      </tr>`
  }

  again() { this.#fetch() }

  check() {
    this.querySelector('health-checks').again()
    refreshHost()
  }

  async report() {
    this.#busy = true
    this.update()
    try {
      await download('/api/admin/report', 'obox-report.tar.gz')
    } catch (error) {
      toast(error.message, 'error')
    }
    this.#busy = false
    this.update()
  }
}

const fact = (name, value) => html`<div><dt>${name}</dt><dd><strong>${value}</strong></dd></div>`

customElements.define('host-page', HostPage)
route('/host', () => html`<host-page data-key="host"></host-page>`, { access: 'admin', title: 'host.title' })
