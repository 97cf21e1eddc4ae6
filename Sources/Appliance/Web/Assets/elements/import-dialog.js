import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

/** The text of a spreadsheet: UTF-8, or else the encoding of older spreadsheets. */
function textOf(buffer) {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(buffer) } catch { /* not UTF-8 */ }
  return new TextDecoder('windows-1252').decode(buffer)
}

/** Imports accounts from a CSV file: shows what will happen, then does it. Dispatches `people-imported`. */
class ImportDialog extends withDialog(FormElement) {
  state = { csv: null, preview: null, refusal: null, sending: false }

  open() {
    this.change({ csv: null, preview: null, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('input[type=file]').focus()
  }

  view() {
    const { preview, refusal } = this.state
    return html`
      <dialog class="dialog" aria-labelledby="import-title" data-click="backdrop">
        ${dialogHead('import-title', t('import.title'))}
        <div class="form"><p>${t('import.text')}</p>
        <p><code class="import-head">${t('import.head')}</code></p>
        ${alert(refusal)}
        <label class="button file-button">${icon('file')}${t('import.choose')}
          <input class="visually-hidden" type="file" accept=".csv,text/csv,text/plain"
            data-change="chosen"></label>
        ${preview && this.#preview(preview)}</div>
      </dialog>`
  }

  #preview({ rows, create, exists, error }) {
    const { sending } = this.state
    const more = ['department', 'position', 'phone'].filter(name => rows.some(row => row[name]))
    return html`
      <p role="status"><strong>${t('import.create', { count: create })}</strong>
        · ${t('import.exists', { count: exists })} · ${t('import.error', { count: error })}</p>
      <div class="import-rows" tabindex="0" role="region" aria-label="${t('import.preview')}"><table>
        <thead><tr><th scope="col">${t('import.outcome')}</th><th scope="col">${t('import.line')}</th>
          <th scope="col">${t('import.name')}</th><th scope="col">${t('import.email')}</th>
          ${more.map(name => html`<th scope="col">${t(`field.${name}`)}</th>`)}</tr></thead>
        <tbody>${rows.map(row => html`<tr data-outcome="${row.outcome}">
          <td>${row.message || t(`import.outcome.${row.outcome}`)}</td><td>${row.line}</td>
          <td>${row.name || row.username}</td><td>${row.email}</td>
          ${more.map(name => html`<td>${row[name]}</td>`)}</tr>`)}</tbody></table></div>
      <div class="dialog-actions"><button type="button" class="button" data-click="shut">
        ${t('action.cancel')}</button>
        <button type="button" class="button button-primary" data-click="apply" ?disabled=${!create || sending}
          ?data-busy=${sending}>${t('import.do', { count: create })}</button></div>`
  }

  async chosen(_, input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    await this.#send(textOf(await file.arrayBuffer()), false)
  }

  async apply() {
    if (!await this.#send(this.state.csv, true)) return
    const isLocal = session.get().appliance?.mail === 'mailbox'
    toast(t(isLocal ? 'import.doneLocal' : 'import.done', { count: this.state.preview.create }), 'success')
    this.dispatchEvent(new CustomEvent('people-imported', { bubbles: true }))
    this.shut()
  }

  async #send(csv, apply) {
    this.change({ csv, sending: true, refusal: null })
    try {
      this.change({ preview: await post('/api/admin/users/import', { csv, apply }), sending: false })
      return true
    } catch (error) {
      this.change({ preview: null, sending: false, refusal: error.errors?.[0]?.message ?? error.message })
      return false
    }
  }

}

customElements.define('import-dialog', ImportDialog)
