import './form-field.js'
import { alert } from './notices.js'
import { get, patch } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { roleOf, roles } from '../lib/people.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/**
 * The form of a person's account (attribute `person`: the account as JSON), for administrators. Dispatches
 * `person-changed`.
 */
class PersonForm extends FormElement {
  static observedAttributes = ['person']
  #categories = []

  connected() { this.#fetch() }

  get #person() { return JSON.parse(this.getAttribute('person')) }

  async #fetch() {
    try { this.#categories = await get('/api/employee-categories', { signal: this.signal }) } catch { /* without categories */ }
    this.update()
  }

  view() {
    const person = this.#person
    const { errors, refusal, sending } = this.state
    const self = String(session.get().user?.id) === String(person.id)
    return html`
      <section class="card" aria-labelledby="person-form-title">
        <h2 id="person-form-title">${t('profile.account')}</h2>
        ${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-draft="person-${person.id}" data-submit="send">
          <form-field data-key="name" name="name" label="${t('field.name')}" value="${person.name}"
            error="${errors.name}"></form-field>
          <form-field data-key="email" name="email" type="email" label="${t('field.email')}"
            value="${person.email ?? ''}" error="${errors.email}"></form-field>
          <div class="form-pair">
            <label class="field"><span>${t('people.role')}</span><select class="input" name="role"
              ?disabled=${self}>${roles.map(role => html`<option value="${role}"
              ?selected=${role === roleOf(person)}>${t(`role.${role}`)}</option>`)}</select></label>
            ${this.#categories.length > 0
              && html`<label class="field">
                <span>${t('person.category')}</span><select class="input" name="categoryId"><option value="">
                  ${t('person.noCategory')}</option>
              ${this.#categories.map(({ id, name }) => html`<option value="${id}"
                ?selected=${String(id) === String(person.categoryId ?? '')}>${name}</option>`)}</select>
                </label>`}
          </div>
          <form-field data-key="phone" name="phone" type="tel" label="${t('field.phone')}"
            value="${person.phone ?? ''}" error="${errors.phone}" optional></form-field>
          <div class="form-pair">${['department', 'position'].map(name => html`<form-field data-key="${name}"
            name="${name}" label="${t(`field.${name}`)}" value="${person[name] ?? ''}"
            error="${errors[name]}" optional></form-field>`)}</div>
          <p class="quiet">${t('audit.pair', { name: t('profile.username'),
            value: '' })}<code>${person.username}</code></p>
          <div class="form-actions">
            <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
              ${t('action.save')}</button></div>
        </form>
      </section>`
  }

  async send(event, form) {
    const person = this.#person
    const before = { ...person, role: roleOf(person), categoryId: String(person.categoryId ?? '') }
    const done = await this.attempt(event, form, ['name'], async values => {
      const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (before[name] ?? '')))
      if (!Object.keys(changed).length) return
      const answer = await patch(`/api/admin/users/${encodeURIComponent(person.id)}`, changed)
      this.dispatchEvent(new CustomEvent('person-changed', { bubbles: true, detail: answer?.id ? answer : { ...changed, ...(changed.role && { fullRole: changed.role }) } }))
    })
    if (done) toast(t('profile.saved'), 'success')
  }
}

customElements.define('person-form', PersonForm)
