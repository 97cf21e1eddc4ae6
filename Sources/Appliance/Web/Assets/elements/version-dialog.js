import './file-field.js'
import './form-field.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert, notice } from './notices.js'
import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { nextVersion } from '../lib/documents.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { toast } from '../lib/toast.js'

/** Adds a version to a document: `open(path, row, versions)`. Dispatches `version-changed`. */
class VersionDialog extends withDialog(FormElement) {
  #path = null
  #row = null
  #versions = []

  open(path, row, versions) {
    this.#path = path
    this.#row = row
    this.#versions = versions
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('form input[type=file]')?.focus()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="version-title" data-click="backdrop" data-close="closed">
        ${dialogHead('version-title', t('document.newVersion'))}
        ${this.#row && this.#form(this.state)}
      </dialog>`
  }

  /** The label of the new version when none is given. */
  get #next() { return nextVersion([this.#row.version, ...this.#versions.map(({ version }) => version)]) }

  #form({ errors, refusal, sending }) {
    const pending = this.#versions.find(({ status }) => status === 'pending')
    return html`
      ${alert(refusal?.message)}
      ${notice(pending && t('document.replaces', { version: pending.version, name: pending.authorName }))}
      <form class="form" novalidate data-key="form" data-submit="send">
        <file-field data-key="file" name="fileUrl" label="${t('document.file')}" error="${errors.fileUrl}">
          </file-field>
        <form-field data-key="version" name="version" label="${t('document.number')}" optional
          hint="${t('document.numberHint', { version: this.#next })}" error="${errors.version}">
            </form-field>
        <form-field data-key="note" name="note" type="area" label="${t('document.note')}" optional
          hint="${t('document.noteHint')}" error="${errors.note}"></form-field>
        <label class="check"><input type="checkbox" name="isMinor"><span>${t('document.isMinor')}</span>
          </label>
        ${this.#row.approverId && html`<p class="field-hint">
          ${t('document.approverHint', { name: this.#row.approverName })}</p>`}
        ${dialogActions(sending)}
      </form>`
  }

  async send(event, form) {
    let made
    const done = await this.attempt(event, form, ['fileUrl'], async () => {
      const data = new FormData(form)
      const given = ['fileUrl', 'version', 'note'].filter(name => data.get(name)?.trim())
      made = await post(`${this.#path}/versions`, {
        version: this.#next, ...Object.fromEntries(given.map(name => [name, data.get(name).trim()])), isMinor: data.has('isMinor'),
      })
    })
    if (!done) return
    toast(t(made.status === 'pending' ? 'document.sent' : 'document.approved'), 'success')
    this.dispatchEvent(new CustomEvent('version-changed', { bubbles: true }))
    this.shut()
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#row = null
    this.update()
  }
}

customElements.define('version-dialog', VersionDialog)
