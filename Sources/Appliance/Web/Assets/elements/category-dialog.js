import './form-field.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { patch, post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { permissions } from '../lib/people.js'
import { rightBoxes } from './rights-card.js'

const colors = ['#10B981', '#3B82F6', '#8B5CF6', '#EC4899', '#F59E0B', '#6B7280']

/** Creates or changes a category: `open(category)`. Dispatches `category-saved`. */
class CategoryDialog extends withDialog(FormElement) {
  #open = false
  #category = null

  open(category = null) {
    this.#category = category
    this.#open = true
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('#field-name').focus()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="category-title" data-click="backdrop" data-close="closed">
        ${dialogHead('category-title', this.#category?.name ?? t('categories.new'))}
        ${this.#open && this.#form(this.#category ?? {})}
      </dialog>`
  }

  #form({ name, description, color = colors[0], permissions: given = [], isActive = true }) {
    const { errors, refusal, sending } = this.state
    const all = colors.some(one => one.toLowerCase() === color.toLowerCase()) ? colors : [color, ...colors]
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="category" data-submit="send">
        <form-field data-key="name" name="name" label="${t('field.name')}" value="${name ?? ''}"
          error="${errors.name}"></form-field>
        <form-field data-key="description" name="description" optional label="${t('categories.description')}"
          value="${description ?? ''}" error="${errors.description}"></form-field>
        <fieldset class="colors"><legend>${t('categories.color')}</legend>${all.map((one, index) => html`
          <label class="color"><input type="radio" name="color" value="${one}"
            aria-label="${t('categories.color')} ${index + 1}"
            ?checked=${one.toLowerCase() === color.toLowerCase()}><svg viewBox="0 0 10 10" aria-hidden="true">
              <circle cx="5" cy="5" r="5" fill="${one}"/></svg></label>`)}</fieldset>
        <fieldset class="checks"><legend>${t('rights.title')}</legend>${rightBoxes(new Set(given))}</fieldset>
        <label class="check"><input type="checkbox" name="isActive" ?checked=${isActive}>
          <span><strong>${t('categories.active')}</strong>
            <small>${t('categories.activeText')}</small></span></label>
        ${dialogActions(sending)}
      </form>`
  }

  async send(event, form) {
    const done = await this.attempt(event, form, ['name'], async ({ name, description, color, isActive }) => {
      // Permissions that this page does not show are kept.
      const hidden = (this.#category?.permissions ?? []).filter(right => !permissions.includes(right))
      const body = { name, description, color, isActive: Boolean(isActive), permissions: [...hidden, ...new FormData(form).getAll('right')] }
      if (this.#category) await patch(`/api/employee-categories/${encodeURIComponent(this.#category.id)}`, body)
      else await post('/api/employee-categories', body)
    })
    if (!done) return
    this.dispatchEvent(new CustomEvent('category-saved', { bubbles: true }))
    this.shut()
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft('category')
    this.#open = false
    this.update()
  }
}

customElements.define('category-dialog', CategoryDialog)
