import './file-field.js'
import './form-field.js'
import { loadable, skeletons } from './loadable.js'
import { get, patch } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { refreshAppliance, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** Name and logo of the organisation: the name is saved when its field is left, the logo when it was uploaded. */
class OrganisationForm extends ViewElement {
  #values = new Loader(this, signal => get('/api/system-settings', { signal }))
  #errors = {}

  connected() {
    this.listen(this, 'file-sent', ({ detail }) => this.#save('organisationLogo', detail.fileUrl))
    this.listen(this, 'file-cleared', () => this.#save('organisationLogo', ''))
    this.listen(socket, 'SETTINGS_CHANGED', () => this.#values.load())
    this.listen(socket, 'catch-up', () => this.#values.load())
    this.#values.load()
  }

  view() {
    const error = this.#errors.organisationName
    return loadable(this.#values, values => html`
      <div class="form" data-key="form">
        <label class="field ${error ? 'field-wrong' : ''}"><span>${t('organisation.name')}</span>
          <input class="input" name="organisationName" data-change="write" maxlength="100" autocomplete="off"
            aria-describedby="organisationName-error" ${error && html`aria-invalid="true"`}
            value="${values.organisationName}">
          <p class="field-error" id="organisationName-error" aria-live="polite">${error}</p></label>
        <file-field data-key="logo-${values.organisationLogo}" name="organisationLogo"
          label="${t('organisation.logo')}" accept="image/png,image/jpeg"
          value="${values.organisationLogo}" error="${this.#errors.organisationLogo}"></file-field></div>`,
    { waiting: skeletons('row') })
  }

  write(_, { name, value }) { return this.#save(name, value) }

  async #save(name, value) {
    try {
      delete this.#errors[name]
      this.#values.set(await patch('/api/system-settings', { [name]: value }))
      await refreshAppliance()
      toast(t('settings.saved'), 'success')
    } catch (error) {
      const problem = error.byField?.[name]
      toast(problem ? t('tables.pair', { label: t(`organisation.${name.slice(12).toLowerCase()}`), value: problem })
        : error.message, 'error')
      this.#errors[name] = problem
      this.#values.load()
    }
  }
}

customElements.define('organisation-form', OrganisationForm)
