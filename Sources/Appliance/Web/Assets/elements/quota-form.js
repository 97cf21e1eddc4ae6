import './form-field.js'
import { briefly, loadable, skeletons } from './loadable.js'
import { get, patch } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { amount, resources } from '../lib/quota.js'
import { toast } from '../lib/toast.js'
import { alert } from './notices.js'

/**
 * The form of the limits of a person (attribute `person`: the id) or of a role (attribute `of-role`). An
 * empty field inherits the limit of the role, or the default.
 */
class QuotaForm extends FormElement {
  #lines = new Loader(this, async signal => {
    const path = this.hasAttribute('person') ? this.#path : '/api/admin/quotas'
    return this.#read(await get(path, { signal }))
  })

  connected() { this.#lines.load() }

  get #path() {
    const person = this.getAttribute('person')
    return person ? `/api/admin/users/${encodeURIComponent(person)}/quota` : `/api/admin/quotas/${this.getAttribute('of-role')}`
  }

  #read(answer) {
    const { defaults, roles } = answer
    return roles
      ? resources.map(one => ({ ...one, own: roles[this.getAttribute('of-role')][one.name], above: defaults[one.name] }))
      : resources.map(one => ({ ...one, own: answer[one.name].own, above: answer[one.name].role, used: answer[one.name].used }))
  }

  view() {
    const name = this.getAttribute('of-role') ?? 'person'
    const title = this.hasAttribute('person') ? t('quota.person') : t(`role.${name}`)
    return html`
      <section class="card" aria-labelledby="quota-${name}">
        <h2 id="quota-${name}">${title}</h2>
        ${this.hasAttribute('person') && html`<p class="quiet">${t('quota.personText')}</p>`}
        ${alert(this.state.refusal?.message)}
        ${loadable(this.#lines, lines => this.#form(name, lines), { waiting: skeletons('row'),
          failed: briefly })}
      </section>`
  }

  #form(name, lines) {
    const { errors, sending } = this.state
    return html`
      <form class="form quota-form" novalidate data-submit="send">${lines.map(line => {
        const id = `quota-${name}-${line.name}`
        const unit = ['memory', 'disk',
          'bytes'].includes(line.name) ? ` (${t(`quota.unit.${line.name}`)})` : ''
        return html`
          <div class="field ${errors[line.name] ? 'field-wrong' : ''}" data-key="${id}">
            <label for="${id}">${t(`quota.${line.name}`)}${unit}${line.used !== undefined
              && html` <small>${t('quota.used', { used: amount(line.name, line.used) })}</small>`}</label>
            <input class="input" id="${id}" name="${line.name}" type="text" inputmode="numeric"
              autocomplete="off" value="${line.own === null ? '' : String(line.own / line.step)}"
              placeholder="${String(line.above / line.step)}" aria-describedby="${id}-error"
              ${errors[line.name] && html`aria-invalid="true"`}>
            <p class="field-error" id="${id}-error" aria-live="polite">${errors[line.name]}</p>
          </div>`
      })}
        <div class="dialog-actions">
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${t('action.save')}</button></div>
      </form>`
  }

  async send(event, form) {
    event.preventDefault()
    if (this.state.sending) return
    const [limits, errors] = [{}, {}]
    for (const { name, step, own } of this.#lines.value) {
      const text = form.elements[name].value.trim()
      if (text === (own === null ? '' : String(own / step))) continue
      if (text && !/^\d{1,9}$/.test(text)) errors[name] = t('quota.wrong')
      else limits[name] = text === '' ? null : Math.round(Number(text) * step)
    }
    if (Object.keys(errors).length) return this.change({ errors, refusal: null })
    this.change({ sending: true, errors: {}, refusal: null })
    try {
      this.#lines.set(this.#read(await patch(this.#path, limits)))
      this.change({ sending: false })
      toast(t('quota.saved'), 'success')
    } catch (error) { this.change({ sending: false, errors: error.byField ?? {}, refusal: error }) }
  }
}

customElements.define('quota-form', QuotaForm)
