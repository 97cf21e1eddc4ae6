import { ViewElement } from '../lib/element.js'
import { duration, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { jobs } from '../lib/live.js'
import { stepName } from '../lib/machines.js'
import { socket } from '../lib/session.js'
import { currentStep, isOver, jobLength } from '../lib/steps.js'

/** The steps of a job (attribute `job`: its id), live until it ends. */
class JobProgress extends ViewElement {
  static observedAttributes = ['job']
  #release = null

  connected() {
    this.watch(jobs)
    this.#release = socket.subscribe(`job:${this.getAttribute('job')}`)
    this.every(1000, () => { if (this.#job && !isOver(this.#job)) this.update() })
  }

  disconnected() { this.#release?.() }

  get #job() { return jobs.get().byId[this.getAttribute('job')] }

  view() {
    const job = this.#job
    if (!job) return html`<p class="job-loading">${t('app.loading')}</p>`
    const step = currentStep(job)
    return html`
      <section class="job" data-status="${job.status}" aria-label="${t(`job.${job.kind}`)}">
        <header class="job-head">
          <div><h2>${t(`job.${job.kind}`)}</h2><p class="job-state">${this.#state(job)}</p></div>
          <p class="job-percent">${percent(job.status === 'succeeded' ? 100 : job.progress)}</p>
        </header>
        <p class="visually-hidden" aria-live="polite">
          ${step && t('job.now', { step: stepName(job.kind, step.name) })}</p>
        <ol class="line" aria-label="${t('job.steps')}">${job.steps.map(one => this.#station(job, one))}</ol>
        ${job.status === 'waiting' && note('info', t(knows(`job.${job.kind}.waiting`)
          ? `job.${job.kind}.waiting` : 'job.waitingText'), job.error?.message)}
        ${job.status === 'queued' && note('info', t('job.queuedText'))}
        ${job.status === 'failed' && note('warning', job.error?.message ?? t('job.failed'), t('job.cleaned'))}
      </section>`
  }

  #state(job) {
    const time = duration(jobLength(job))
    const parts = [t(`job.${job.status}`)]
    if (job.status === 'running') parts.push(t('job.elapsed', { time }))
    if (job.status === 'succeeded') parts.push(t('job.took', { time }))
    if (job.attempts > 1) parts.push(t('job.attempt', { count: job.attempts }))
    return parts.join(' · ')
  }

  #station(job, step) {
    const about = `about.${step.name}`
    const length = step.beganAt ? (step.endedAt ?? Date.now()) - step.beganAt : NaN
    const measured = step.status === 'running' && Number.isFinite(step.progress) && step.progress > 0
    return html`
      <li class="station" data-key="${step.name}" data-step="${step.name}" data-status="${step.status}"
        ${step.status === 'running' && html`aria-current="step"`}>
        <span class="station-stop">${step.status === 'done' ? icon('check') : step.status === 'failed'
          ? icon('close') : html`<i></i>`}</span>
        <span class="station-name">${stepName(job.kind, step.name)}</span>
        <small class="station-about">${job.kind === 'machine.create' && knows(about) && t(about)}</small>
        <span class="station-time">${measured ? percent(step.progress) : length > 250
          && duration(length)}</span>
        ${measured && html`<svg class="gauge-bar station-bar" aria-hidden="true">
          <rect class="gauge-track" width="100%" height="100%" rx="2"/>
          <rect class="gauge-fill" width="${step.progress}%" height="100%" rx="2"/></svg>`}
      </li>`
  }
}

const note = (sign, text, more) => html`
  <div class="job-note">${icon(sign)}<p>${text}${more && html` <span>${more}</span>`}</p></div>`

customElements.define('job-progress', JobProgress)
