import './file-field.js'
import './form-field.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** Adds a version to a document: `open(path, row)`. Dispatches `version-changed`. */
class VersionDialog extends withDialog(FormElement) {
  #path = null
  #row = null

  open(path, row) {
    this.#path = path
    this.#row = row
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="version-title" data-click="backdrop" data-close="closed">
        ${dialogHead('version-title', t('document.newVersion'))}
        ${this.#row && this.#form(this.state)}
      </dialog>`
  }

  #form({ errors, refusal, sending }) {
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-submit="send">
        <file-field data-key="file" name="fileUrl" label="${t('document.file')}" error="${errors.fileUrl}">
          </file-field>
        <form-field data-key="version" name="version" label="${t('document.number')}" optional
          hint="${t('document.numberHint', { version: this.#row.version })}" error="${errors.version}">
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
    const done = await this.attempt(event, form, ['fileUrl'], async () => {
      const data = new FormData(form)
      const given = ['fileUrl', 'version', 'note'].filter(name => data.get(name)?.trim())
      await post(`${this.#path}/versions`, {
        ...Object.fromEntries(given.map(name => [name, data.get(name).trim()])), isMinor: data.has('isMinor'),
      })
    })
    if (!done) return
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
