import '../elements/connect-card.js'
import '../elements/job-progress.js'
import '../elements/load-graph.js'
import '../elements/machine-load.js'
import '../elements/status-badge.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { specOf } from '../elements/machine-row.js'
import { ViewElement } from '../lib/element.js'
import { duration } from '../lib/format.js'
import { isSimulated, mayStart } from '../lib/host.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { askedFor, fetchMachine, jobOf, jobs, machines } from '../lib/live.js'
import { Loader } from '../lib/loader.js'
import { perform } from '../lib/machine-actions.js'
import { actionsOf, isUnknown, mayDelete, systemName } from '../lib/machines.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, socket } from '../lib/session.js'
import { isOver, jobLength } from '../lib/steps.js'
import { toast } from '../lib/toast.js'

const signs = { start: 'play', stop: 'power', reboot: 'reboot', pause: 'pause', resume: 'play', 'force-stop': 'stop', delete: 'trash' }

/** A machine: its state, job, connection, load and actions. */
class MachinePage extends ViewElement {
  #id = place.get().parameters.id
  #name = null
  #fetched = new Loader(this, async signal => {
    try {
      await fetchMachine(this.#id, signal)
    } catch (error) {
      if (error.status !== 404 || !this.#name) throw error
      this.#gone()
    }
  })
  #watched = new Set()

  connected() {
    this.watch(machines, () => this.#changed())
    this.watch(jobs)
    this.listen(socket, 'SUBSCRIBED', ({ detail }) => { if (detail.topic === 'vms') this.#fetched.load() })
    this.#fetched.load()
  }

  get #machine() { return machines.get().byId[this.#id] }

  /** When a machine that was shown is gone, it has been deleted: returns to the list. */
  #changed() {
    if (this.#name && !this.#machine && machines.get().loaded) return this.#gone()
    this.update()
  }

  #gone() {
    toast(t('status.gone', { name: this.#name }), 'success')
    this.#name = null
    go('/machines', { replace: true })
  }

  view() {
    const machine = this.#machine
    return loadable({ value: machine?.os_type ? machine : null, error: this.#fetched.error }, () => this.#page(machine), {
      waiting: html`${skeletons('title')}${skeletons('card')}`, failed: error => this.#failed(error),
    })
  }

  #page(machine) {
    this.#name = machine.name
    const job = jobOf(this.#id)
    if (job && (!isOver(job) || askedFor.has(job.id))) this.#watched.add(job.id)
    document.title = `${machine.name} · OBox`
    const actions = actionsOf(machine, job).filter(action => action !== 'force-stop' && (action !== 'start' || mayStart()))
    return html`
      <a class="back" href="/machines">${icon('back')}${t('machine.backToList')}</a>
      <header class="page-head machine-head">
        <div>
          <h1>${machine.name}</h1>
          <p class="lead"><status-badge status="${machine.status}"
            ?unreachable=${isUnknown(machine)}></status-badge>
            ${isUnknown(machine) && html`<span>${t('status.last',
              { status: t(`status.${machine.status}`) })}</span>`}
            <span>${systemName(machine)}</span> <span>${specOf(machine)}</span></p>
        </div>
        ${actions.length > 0 && html`<div class="actions" role="group" aria-label="${t('do.label')}">
          ${actions.map(action => this.#button(action))}</div>`}
      </header>
      ${this.#story(machine, job)}
      <div class="cards">
        <div class="column" data-key="left">
          ${machine.status !== 'error'
            && html`<connect-card data-key="connect" machine="${machine.id}"></connect-card>`}
          ${this.#details(machine)}
        </div>
        <div class="column" data-key="right">
          ${machine.status !== 'error'
            && html`<machine-load data-key="load" machine="${machine.id}"></machine-load>`}
          ${machine.status !== 'error'
            && html`<load-graph data-key="graph" machine="${machine.id}"></load-graph>`}
          ${this.#end(machine, job)}
        </div>
      </div>`
  }

  #button(action, extra = '') {
    return html`<button class="button ${extra}" data-key="do-${action}" data-click="do"
      data-action="${action}">${icon(signs[action])}${t(`do.${action}`)}</button>`
  }

  /** The running job, or the result of the last one that was watched on this page, or a problem. */
  #story(machine, job) {
    if (job && (!isOver(job) || (job.status === 'failed' && this.#watched.has(job.id))))
      return html`<job-progress data-key="job-${job.id}" job="${job.id}"></job-progress>`
    if (machine.problem) return html`
      <div class="banner banner-wrong" data-key="problem" role="alert">${icon('warning')}
        <div><strong>${t('status.unreachable')}</strong><p>${machine.problem.message}</p></div></div>`
    if (machine.error) return html`
      <div class="banner banner-wrong" data-key="error" role="alert">${icon('warning')}
        <div><strong>${machine.status === 'error' ? t('failed.title', { name: machine.name })
          : t('status.error')}</strong><p>${machine.error.message}</p></div></div>`
    if (machine.status === 'paused' && machine.reason && machine.reason.code !== 'PAUSED') return html`
      <div class="banner banner-wrong" data-key="paused" role="alert">${icon('warning')}
        <div><strong>${t('paused.title')}</strong><p>${machine.reason.message}</p></div></div>`
    const isMade = job?.kind === 'machine.create' && job.status === 'succeeded'
    if (isMade && this.#watched.has(job.id)) return html`
      <div class="banner banner-ready" data-key="ready" role="status">${icon('check')}
        <div><strong>${t('ready.title', { name: machine.name })}</strong><p>
          ${t(isSimulated() ? 'ready.simulated' : 'ready.text', { time: duration(jobLength(job)) })}
          </p></div></div>`
    return null
  }

  #details(machine) {
    return html`
      <section class="card" data-key="details" aria-labelledby="details-title">
        <h2 id="details-title">${t('machine.details')}</h2>
        <dl class="facts">
          <div><dt>${t('machine.system')}</dt><dd>${systemName(machine)}</dd></div>
          <div><dt>${t('machine.size')}</dt><dd>${specOf(machine)}</dd></div>
          <div><dt>${t('machine.innerAddress')}</dt><dd>
            <code>${machine.internal_ip || machine.ip_address || '–'}</code></dd></div>
          ${machine.forwarding !== false && html`<div><dt>${t('machine.publicAddress')}</dt><dd>
            <code>${machine.port ? `${machine.public_ip}:${machine.port}` : '–'}</code></dd></div>`}
          ${isAdmin() && machine.owner && html`<div><dt>${t('machine.owner')}</dt><dd>
            ${machine.owner.name}</dd></div>`}
          <div><dt>${t('machine.created')}</dt><dd><time-ago moment="${machine.created_at}"></time-ago></dd>
          </div>
        </dl>
      </section>`
  }

  #end(machine, job) {
    const force = actionsOf(machine, job).includes('force-stop')
    if (!force && !mayDelete(machine)) return null
    const rows = [...force ? ['force-stop'] : [], ...mayDelete(machine) ? ['delete'] : []]
    return html`
      <section class="card card-end" data-key="end" aria-labelledby="end-title">
        <h2 id="end-title">${t('do.more')}</h2>
        ${rows.map(action => html`<div class="end-row" data-key="end-${action}"><p>
          ${t(`ask.${action}Text`)}</p>${this.#button(action, 'button-wary')}</div>`)}
      </section>`
  }

  #failed({ status, message }) {
    const missing = status === 404 || status === 403
    return emptyState({
      icon: missing ? 'machines' : 'warning',
      title: missing ? t('machine.notFound') : t('error.load'),
      text: missing ? t('machine.notFoundText') : message, isPage: true,
      action: html`<a class="button" href="/machines">${icon('back')}${t('machine.backToList')}</a>`,
    })
  }

  do(_, button) { perform(this.#machine, button.dataset.action) }
}

customElements.define('machine-page', MachinePage)
route('/machines/:id', ({ id }) => html`<machine-page data-key="machine-${id}"></machine-page>`,
  { access: 'signedIn', title: 'machines.title' })
