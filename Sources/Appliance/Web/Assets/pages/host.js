import '../elements/copy-field.js'
import '../elements/load-gauge.js'
import '../elements/load-graph.js'
import '../elements/status-badge.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { specOf } from '../elements/machine-row.js'
import { used } from '../elements/machine-load.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { bytes, gigabytes, megabytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { loads, machineList, machines } from '../lib/live.js'
import { Loader } from '../lib/loader.js'
import { isUnknown, stateOf } from '../lib/machines.js'
import { route } from '../lib/router.js'
import { refreshHost, session, socket } from '../lib/session.js'

const askEvery = 5000
const historyLength = 60

/** The state of the host and all machines, for administrators. */
class HostPage extends ViewElement {
  #system = new Loader(this, async signal => this.#sampled(await get('/api/monitoring/system', { signal })))
  #storage = new Loader(this, signal => get('/api/admin/storage', { signal }))
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

  #fetch() {
    this.#system.load()
    this.#storage.load()
  }

  /** Adds the figures to the history behind the gauges, and returns them. */
  #sampled(system) {
    const sample = { cpu: system.cpu?.usage ?? 0, ram: system.ram?.percent ?? 0 }
    this.#history = [...this.#history, sample].slice(-historyLength)
    return system
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('host.title')}</h1><p class="lead">${t('host.lead')}</p></div>
      </header>
      ${this.#problems()}
      ${this.#condition()}
      ${loadable(this.#system, system => this.#gauges(system), { waiting: skeletons('card') })}
      <load-graph data-key="graph"></load-graph>
      ${this.#table()}`
  }

  /**
   * The problems of the host with the commands that solve them, and the images that are not offered, with the
   * reason.
   */
  #problems() {
    const { host, appliance } = session.get()
    const { problems = [], skippedImages = [] } = host ?? {}
    return html`
      ${appliance?.cookiesShared && html`<p class="alert alert-calm" data-key="cookies">
        ${icon('warning')}<span>${t('host.cookies')}</span></p>`}
      ${problems.length > 0 && html`<section class="card host-problems" aria-labelledby="host-problems"
        data-key="problems">
        <h2 id="host-problems">${t('host.problems')}</h2>
        ${problems.map(({ code, message, command, blocking }, index) => html`<div
          data-key="problem-${code}-${index}">
          <p class="${blocking ? 'alert' : 'alert alert-calm'}">${icon('warning')}<span>${message}</span></p>
          ${command && html`<copy-field label="${t('host.command')}"
            value="${command}"></copy-field>`}</div>`)}
      </section>`}
      ${skippedImages.length > 0
        && html`<section class="card host-images" aria-labelledby="host-images" data-key="images">
        <h2 id="host-images">${t('host.images')}</h2>
        <dl>${skippedImages.map(({ path, message }) => html`<div data-key="image-${path}"><dt>
          <code>${path}</code></dt><dd>${message}</dd></div>`)}</dl>
      </section>`}`
  }

  #condition() {
    const { host } = session.get()
    if (!host) return null
    const { hypervisor, forwarding, publicIp } = host
    const type = `host.type.${hypervisor.type}`
    return html`
      <dl class="condition">
        ${fact(t('host.hypervisor'), t(hypervisor.connected ? 'host.connected'
          : 'host.away'), hypervisor.connected ? 'good' : 'wary', hypervisor.connected ? knows(type) ? t(type)
          : hypervisor.type : hypervisor.reason)}
        ${fact(t('host.forwarding'), t(forwarding.command ? 'host.blocked' : forwarding.enabled ? 'host.on'
          : 'host.off'), forwarding.enabled && !forwarding.command ? 'good' : 'wary', forwarding.reason)}
        ${fact(t('host.publicAddress'), publicIp || '–', 'plain')}
        ${this.#storage.value && this.#database(this.#storage.value)}
        ${fact(t('host.activeMachines'), hypervisor.connected ? this.#system.value?.activeVMs ?? '–'
          : '–', 'plain')}
      </dl>`
  }

  #database({ integrity, findings, isLow, free }) {
    const isDamaged = integrity === 'damaged'
    const words = isLow ? 'host.database.full' : `host.database.${integrity}`
    const more = isDamaged ? t('host.database.mend') : isLow ? t('host.database.room') : t('host.database.free', { size: bytes(free) })
    return fact(t('host.database'), t(words), isDamaged || isLow ? 'wary' : 'good', isDamaged && findings.length ? `${more} ${findings[0]}` : more)
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
}

const fact = (name, value, mood, more) => html`
  <div data-mood="${mood}"><dt>${name}</dt><dd>
    <strong>${value}</strong>${more && html`<small>${more}</small>`}</dd></div>`

customElements.define('host-page', HostPage)
route('/host', () => html`<host-page data-key="host"></host-page>`, { access: 'admin', title: 'host.title' })
