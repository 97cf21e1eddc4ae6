import './form-field.js'
import { bodyOf, fieldOf } from '../fields/kinds.js'
import { patch, post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { toast } from '../lib/toast.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

/**
 * Creates or changes a row of a table that the server describes: `open(table, row)`. Dispatches `row-saved`.
 * `table.groups`, a list of `{label, names, isOpen}`, puts the fields into groups; groups with a label can be
 * collapsed, and columns in no group are left out. Optional: `table.title`, of the dialog for a new row;
 * `table.fixed`, further values of a new row;
 * `table.submit(data, row)`, the words on the button; `table.said(row)`, the toast after saving.
 */
class TableDialog extends withDialog(FormElement) {
  #table = null
  #row = null
  #submit = null

  open(table, row = null) {
    this.#table = table
    this.#row = row
    this.change({ errors: {}, refusal: null, sending: false })
    for (const { label, isOpen } of table.groups ?? [])
      if (isOpen) this.querySelector(`details[data-key="${label}"]`).open = true
    this.dialog.showModal()
    this.touched()
    this.querySelector('form .input')?.focus()
  }

  get #draft() { return `table-${this.#table?.name}-${this.#row?.id ?? 'new'}` }

  view() {
    const title = this.#row?.[this.#table.heading] ?? (this.#table && (this.#table.title ?? t('tables.add', { noun: this.#table.noun })))
    return html`
      <dialog class="dialog" aria-labelledby="table-title" data-click="backdrop" data-close="closed">
        ${dialogHead('table-title', title)}
        ${this.#table && this.#form()}
      </dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="${this.#draft}" data-submit="send"
        data-change="touched">
        ${this.#groups.map(group => this.#group(group, errors))}
        ${dialogActions(sending, this.#submit ?? undefined)}
      </form>`
  }

  /** After a change of a field: the words on the button. */
  touched() {
    const form = this.querySelector('form')
    this.#submit = (form && this.#table?.submit?.(new FormData(form), this.#row)) ?? null
    this.update()
  }

  get #groups() {
    return this.#table.groups ?? [{ names: this.#table.columns.map(({ name }) => name) }]
  }

  /** The columns in the form, in order. */
  get #columns() { return this.#groups.flatMap(group => this.#columnsOf(group)) }

  #columnsOf({ names }) {
    return names.map(name => this.#table.columns.find(column => column.name === name))
      .filter(column => column && !column.readOnly)
  }

  #group(group, errors) {
    const columns = this.#columnsOf(group)
    const fields = columns.map(column => fieldOf(column).input(
      column, this.#row ? this.#row[column.name] : column.initial, errors[column.name]))
    if (!group.label) return fields
    return html`
      <details class="field-group" data-key="${group.label}">
        <summary>${t(group.label)}</summary><div>${fields}</div></details>`
  }

  async send(event, form) {
    const { path } = this.#table
    const columns = this.#columns
    const needed = columns.filter(column => column.required).map(column => column.name)
    let saved = null
    const done = await this.attempt(event, form, needed, async () => {
      const body = bodyOf(form, columns)
      saved = this.#row ? await this.#change(path, body) : await post(path, { ...body, ...this.#table.fixed })
    })
    if (!done) return this.#unfold()
    const said = this.#table.said?.(saved)
    if (said) toast(said, 'success')
    this.dispatchEvent(new CustomEvent('row-saved', { bubbles: true }))
    this.shut()
  }

  /** Opens all groups, so that no error is hidden. */
  #unfold() {
    for (const group of this.querySelectorAll('details')) group.open = true
  }

  /**
   * Sends the changed fields. If the row has changed since it was shown (412), the form continues with the
   * new version.
   */
  async #change(path, body) {
    const row = this.#row
    const changed = Object.entries(body).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(row[name]))
    const headers = { 'If-Match': `"${Date.parse(row.updatedAt)}"` }
    try {
      return await patch(`${path}/${encodeURIComponent(row.id)}`, Object.fromEntries(changed), { headers })
    } catch (error) {
      if (error.status === 412 && error.details?.current) this.#row = error.details.current
      throw error
    }
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#table = null
    this.#row = null
    this.#submit = null
    this.update()
  }
}

customElements.define('table-dialog', TableDialog)
