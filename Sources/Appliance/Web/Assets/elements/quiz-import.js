import { language, t } from '../lib/i18n.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'
import { dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

/** The text of a file: UTF-8, or else the encoding of older programs. */
function textOf(buffer) {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(buffer) } catch { /* not UTF-8 */ }
  return new TextDecoder('windows-1252').decode(buffer)
}

/** Imports the questions of a GIFT or CSV file: `open(path, count)`. Dispatches `quiz-imported`. */
class QuizImport extends withDialog(FormElement) {
  state = { refusal: null, errors: [], sending: false }
  #path = ''
  #count = 0

  open(path, count) {
    this.#path = path
    this.#count = count
    this.change({ refusal: null, errors: [], sending: false })
    this.dialog.showModal()
    this.querySelector('input[type=file]').focus()
  }

  view() {
    const { refusal, errors, sending } = this.state
    return html`
      <dialog class="dialog" aria-labelledby="quiz-import-title" data-click="backdrop">
        ${dialogHead('quiz-import-title', t('quiz.importTitle'))}
        <div class="form"><p>${t('quiz.importText')}</p>
        <p><code class="import-head">type, text, options, correctAnswer, points, explanation, imageUrl</code>
          </p>
        ${alert(refusal)}
        ${errors.length > 1 && html`<ul class="quiz-import-errors"
          tabindex="0">${errors.map(({ field, message }) => html`
          <li>${t('quiz.importLine', { line: field.replace(/\D/g, ''), message })}</li>`)}</ul>`}
        ${this.#count > 0 && html`<label class="check"><input type="checkbox"
          name="replace"><span>${t('quiz.importReplace')}</span></label>`}
        <label class="button button-primary file-button" ?data-busy=${sending}>
          ${icon('file')}${t('quiz.importChoose')}
          <input class="visually-hidden" type="file" accept=".gift,.txt,.csv,text/plain,text/csv"
            data-change="chosen"></label>
        </div></dialog>`
  }

  async chosen(_, input) {
    const [file] = input.files
    input.value = ''
    if (!file || this.state.sending) return
    const mode = this.querySelector('[name=replace]')?.checked ? 'replace' : 'append'
    this.change({ sending: true, refusal: null, errors: [] })
    try {
      const answer = await fetch(`${this.#path}/import?mode=${mode}`, {
        method: 'POST', credentials: 'same-origin', body: textOf(await file.arrayBuffer()),
        headers: { 'Content-Type': 'text/plain', 'Accept-Language': language() },
      })
      const value = await answer.json()
      if (!answer.ok) return this.change({ sending: false, refusal: value.message, errors: value.errors ?? [] })
      toast(t('quiz.imported', { count: value.imported }), 'success')
      this.change({ sending: false })
      this.dispatchEvent(new CustomEvent('quiz-imported', { bubbles: true }))
      this.shut()
    } catch {
      this.change({ sending: false, refusal: t('error.network') })
    }
  }
}

customElements.define('quiz-import', QuizImport)
