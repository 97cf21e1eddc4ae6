import './form-field.js'
import { post, put } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { select } from './event-fields.js'
import { alert } from './notices.js'

/** Creates or changes a link of the user: `open({categories, link})`; without `link` it creates one. */
class LinkDialog extends withDialog(FormElement) {
  #categories = null
  #link = null
  #isNewCategory = false

  open({ categories, link = null }) {
    this.#categories = categories
    this.#link = link
    this.#isNewCategory = false
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('form .input')?.focus()
  }

  get #draft() { return `link-${this.#link?.id ?? 'new'}` }

  view() {
    return html`
      <dialog class="dialog dialog-small" aria-labelledby="link-title" data-click="backdrop"
        data-close="closed">
        ${dialogHead('link-title', t(this.#link ? 'links.edit' : 'links.add'))}
        ${this.#categories && this.#form()}</dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const options = [...this.#categories.map(({ id, name }) => [String(id), name]), ['', t('links.newCategory')]]
    const isNew = this.#isNewCategory || !this.#categories.length
    return html`${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="${this.#draft}" data-submit="send">
        <form-field name="title" label="${t('links.name')}" value="${this.#link?.title ?? ''}"
          error="${errors.title ?? errors.name}"></form-field>
        <form-field name="url" label="${t('links.url')}" value="${this.#link?.url ?? ''}"
          error="${errors.url}"
          inputmode="url"></form-field>
        ${this.#categories.length > 0 && select('category', t('links.category'), options,
          String(this.#link?.category_id ?? this.#categories[0].id), 'chosen')}
        ${isNew && html`<form-field data-key="new" name="newCategory" label="${t('links.newCategory')}"
          value="${this.#categories.length ? '' : t('links.firstCategory')}" error="${errors.newCategory}">
          </form-field>`}
        ${dialogActions(sending)}</form>`
  }

  chosen(_, { value }) {
    this.#isNewCategory = value === ''
    this.update()
  }

  async send(event, form) {
    const needed = ['title', 'url', ...form.elements.newCategory ? ['newCategory'] : []]
    const done = await this.attempt(event, form, needed, async values => {
      const category = values.newCategory
        ? (await post('/api/shortcuts/categories', { name: values.newCategory })).id : Number(values.category)
      const { title, url } = values
      if (this.#link) await put(`/api/shortcuts/${this.#link.id}`, { name: title, url, category_id: category })
      else await post('/api/shortcuts', { category_id: category, title, url })
    })
    if (!done) return
    this.shut()
    this.dispatchEvent(new CustomEvent('links-changed', { bubbles: true }))
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#categories = null
    this.#link = null
    this.update()
  }
}

customElements.define('link-dialog', LinkDialog)
