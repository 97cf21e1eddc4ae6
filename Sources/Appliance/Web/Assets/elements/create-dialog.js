import './form-field.js'
import { get, post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { draftOf, dropDraft } from '../lib/drafts.js'
import { ViewElement } from '../lib/element.js'
import { gigabytes, megabytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { machineList, applyAnswer } from '../lib/live.js'
import { lacking } from '../lib/quota.js'
import { planName, systemName } from '../lib/machines.js'
import { go } from '../lib/router.js'
import { refreshHost, session } from '../lib/session.js'
import { machineNameError, publicKeyError, suggestedName, valuesOf } from '../lib/validation.js'
import { focusFirstError } from './form-field.js'
import { planPicture } from './plan-picture.js'
import { specOf } from './machine-row.js'

const fresh = () => ({ open: false, step: 1, plan: null, name: '', errors: {}, refusal: null, sending: false })

/** Creates a machine in two steps: the plan, then name and system. `open()` shows it. */
class CreateDialog extends withDialog(ViewElement) {
  #plans = null
  #images = null
  #quota = null
  #state = fresh()

  /** Opens again after a reload if there is a draft. */
  connected() { if (draftOf('machine')) queueMicrotask(() => this.open()) }

  async open() {
    const dialog = this.dialog
    if (!dialog || dialog.open) return
    this.#state = { ...fresh(), open: true, name: suggestedName(this.#ownNames()), plan: draftOf('machine')?.plan ?? null }
    this.draw()
    dialog.showModal()
    try {
      const [{ plans }, { images }, quota] = await Promise.all([get('/api/vms/plans'), get('/api/vms/images'), get('/api/quota')])
      this.#plans = plans
      this.#images = images
      this.#quota = quota
      const fitting = plans.filter(plan => !this.#lacking(plan))
      if (!fitting.some(plan => plan.id === this.#state.plan)) this.#state.plan = (fitting.find(plan => plan.id === 'small') ?? fitting[0])?.id ?? null
      if (this.#state.plan && draftOf('machine')?.name !== undefined) this.#state.step = 2
    } catch (error) { this.#state.refusal = error.message }
    this.draw()
    this.querySelector('[name=plan]:checked')?.focus()
  }

  #ownNames() {
    const { user } = session.get()
    return machineList().filter(machine => String(machine.user_id) === String(user.id)).map(machine => machine.name)
  }

  /** Why a plan is not available: the host has no room for it, or it exceeds the quota. */
  #lacking(plan) { return plan.fits === false ? t('create.planFull') : lacking(plan, this.#quota) }

  get #plan() { return this.#plans?.find(plan => plan.id === this.#state.plan) }

  view() {
    const { open, step, refusal } = this.#state
    return html`
      <dialog class="dialog dialog-create" aria-labelledby="create-title" data-click="backdrop"
        data-cancel="cancelled" data-close="closed">
        <header class="dialog-head">
          <div><p class="eyebrow">${t('create.title')} · ${t('create.step', { step })}</p>
            <h2 id="create-title">${t(step === 1 ? 'create.plan' : 'create.identity')}</h2></div>
          <button class="icon-button" data-click="shut" aria-label="${t('action.close')}">
            ${icon('close')}</button>
        </header>
        <div class="steps" aria-hidden="true"><i data-on></i><i ?data-on=${step === 2}></i></div>
        ${refusal && html`<p class="alert" role="alert">${icon('warning')}${refusal}</p>`}
        ${open && (step === 1 ? this.#first() : this.#second())}
      </dialog>`
  }

  #first() {
    if (!this.#plans) return html`<div class="plans" aria-busy="true">
      ${[1, 2, 3, 4].map(() => html`<span class="skeleton skeleton-plan"></span>`)}</div>`
    const largest = this.#plans.reduce((one, other) => other.memory > one.memory ? other : one, this.#plans[0])
    return html`
      <form novalidate data-key="first" data-draft="machine" data-submit="next">
        <fieldset class="plans"><legend class="visually-hidden">
          ${t('create.plan')}</legend>${this.#plans.map(plan => html`
          <label class="plan" data-key="plan-${plan.id}" ?data-lacking=${this.#lacking(plan)}>
            <input type="radio" name="plan" value="${plan.id}" data-change="choosePlan"
              ?checked=${plan.id === this.#state.plan} ?disabled=${this.#lacking(plan)}>
            ${planPicture(plan, largest)}
            <strong>${planName(plan)}</strong>
            ${knows(`plan.${plan.id}Text`) && html`<em>${t(`plan.${plan.id}Text`)}</em>`}
            <span>${t('machine.cores', { count: plan.vcpu })}</span>
            <span>${megabytes(plan.memory)}</span><span>${gigabytes(plan.disk_size)}</span>
            ${this.#lacking(plan) && html`<span class="plan-lacking">${this.#lacking(plan)}</span>`}
          </label>`)}
        </fieldset>
        <p class="field-hint">${t(this.#plans.some(plan => plan.fits !== false) ? 'create.planText'
          : 'create.noRoom')}</p>
        <div class="dialog-actions">
          <button type="button" class="button" data-click="shut">${t('action.cancel')}</button>
          <button class="button button-primary" ?disabled=${!this.#plan}>
            ${t('create.next')}${icon('next')}</button>
        </div>
      </form>`
  }

  #second() {
    const { name, errors, sending } = this.#state
    return html`
      <form novalidate data-key="second" data-draft="machine" data-submit="create">
        <p class="chosen"><span><strong>${planName(this.#plan)}</strong> ${specOf(this.#plan)}</span>
          <button type="button" class="link" data-click="previous">${t('create.change')}</button></p>
        <form-field data-key="name" name="name" label="${t('create.name')}" value="${name}"
          hint="${t('create.nameHint')}" error="${errors.name}"></form-field>
        <fieldset class="images"><legend>${t('create.system')}</legend>
          ${this.#images.length === 0 && html`<p class="field-error">${t('create.noImages')}</p>`}
          ${this.#images.map((image, index) => html`
            <label class="image"><input type="radio" name="image" value="${index}" ?checked=${index === 0}>
              <span class="row-system" data-system="${image.os_type}"
                aria-hidden="true">${image.os_type.charAt(0).toUpperCase()}</span>
              <span>${image.name || systemName(image)}</span></label>`)}
          <p class="field-error">${errors.os_type ?? errors.version}</p>
        </fieldset>
        <details class="own-key" data-key="own-key"><summary>${icon('key')}${t('create.ownKey')}</summary>
          <form-field data-key="key" name="ssh_public_key" type="area" optional
            label="${t('create.publicKey')}" hint="${t('create.ownKeyText')}"
            error="${errors.ssh_public_key}"></form-field>
        </details>
        <div class="dialog-actions">
          <button type="button" class="button" data-click="previous">${t('action.back')}</button>
          <button class="button button-primary" ?disabled=${sending || !this.#images.length}
            ?data-busy=${sending}>${t('create.submit')}</button>
        </div>
      </form>`
  }

  choosePlan(_, input) { this.#state.plan = input.value }

  next(event) {
    event.preventDefault()
    this.#change({ step: 2, refusal: null })
    const field = this.querySelector('#field-name')
    field?.focus()
    field?.select()
  }

  previous() {
    this.#change({ step: 1, errors: {}, refusal: null, name: this.querySelector('#field-name').value })
    this.querySelector('[name=plan]:checked')?.focus()
  }

  async create(event, form) {
    event.preventDefault()
    if (this.#state.sending) return
    const { name, image, ssh_public_key: key } = valuesOf(form)
    const errors = {}
    const wrongName = machineNameError(name, this.#ownNames())
    const wrongKey = publicKeyError(key)
    if (wrongName) errors.name = wrongName
    if (wrongKey) errors.ssh_public_key = wrongKey
    if (wrongName || wrongKey) return this.#refuse(errors, null)
    this.#change({ sending: true, errors: {}, refusal: null })
    const { os_type, version } = this.#images[Number(image)]
    const { vcpu, memory, disk_size } = this.#plan
    const wish = { name, os_type, version, vcpu, memory, disk_size }
    try {
      this.#arrive(wish, await post('/api/vms', { ...wish, ...(key && { ssh_public_key: key }) }))
    } catch (error) {
      const fields = error.code === 'NAME_TAKEN' ? { name: error.message } : error.byField ?? {}
      this.#refuse(fields, Object.keys(fields).some(field => ['name', 'os_type', 'version', 'ssh_public_key'].includes(field)) ? null : error.message)
    }
  }

  #refuse(errors, refusal) {
    this.#change({ sending: false, errors, refusal })
    if (errors.ssh_public_key) this.querySelector('details').open = true
    focusFirstError(this)
  }

  /** Shows the new machine, as requested, until its first event. */
  #arrive(wish, answer) {
    // The dialog is removed before its close event.
    dropDraft('machine')
    this.shut()
    applyAnswer(answer, { ...wish, user_id: session.get().user.id, created_at: answer.job?.createdAt })
    refreshHost()
    go(`/machines/${encodeURIComponent(answer.vm.id)}`)
  }

  #change(patch) {
    Object.assign(this.#state, patch)
    this.draw()
  }

  cancelled(event) { if (this.#state.sending) event.preventDefault() }
  closed(_, dialog) { if (!dialog.open) dropDraft('machine') }
}

customElements.define('create-dialog', CreateDialog)
