import { ViewElement } from '../lib/element.js'
import { markdownFor } from '../lib/courses.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { largestFile, sendFile } from '../lib/uploads.js'

/**
 * A text in Markdown, a field of the surrounding form. Files that are chosen, dropped or pasted are uploaded and
 * stand in the text where the cursor was. Attributes: `name`, `label`, `hint`, `error`, `value`, `optional`.
 */
class MarkdownField extends ViewElement {
  static observedAttributes = ['label', 'hint', 'error']
  #progress = null
  #problem = null
  #body = null

  connected() {
    for (const type of ['dragover', 'drop', 'paste']) this.listen(this, type, event => this.#given(event))
  }

  disconnected() { this.#body?.request?.abort() }

  view() {
    const name = this.getAttribute('name')
    const error = this.#problem ?? this.getAttribute('error')
    return html`
      <div class="field markdown-field ${error ? 'field-wrong' : ''}">
        <label for="field-${name}">${this.getAttribute('label')}${this.hasAttribute('optional')
          && html` <small>${t('field.optional')}</small>`}</label>
        <textarea class="input" id="field-${name}" name="${name}" rows="12" spellcheck="true"
          aria-describedby="field-${name}-hint field-${name}-error" ${error
          && html`aria-invalid="true"`}>${this.getAttribute('value') ?? ''}</textarea>
        <p class="field-hint" id="field-${name}-hint">${this.getAttribute('hint')}</p>
        ${this.#progress != null && html`<progress max="1" value="${this.#progress}"
          aria-label="${t('file.sending')}"></progress>`}
        <label class="button button-small file-button">${icon('clip')}${t('lesson.insert')}
          <input class="visually-hidden" type="file" data-change="chosen"
            ?disabled=${this.#progress != null}></label>
        <p class="field-error" id="field-${name}-error" aria-live="polite">${error}</p>
      </div>`
  }

  #given(event) {
    const files = (event.dataTransfer ?? event.clipboardData)?.files
    const isFile = event.type === 'dragover' ? event.dataTransfer.types.includes('Files') : files?.length
    if (!isFile) return
    event.preventDefault()
    if (event.type !== 'dragover') this.#send(files[0])
  }

  chosen(event, input) {
    event.stopPropagation()
    const [file] = input.files
    input.value = ''
    if (file) this.#send(file)
  }

  async #send(file) {
    if (this.#progress != null) return
    this.#problem = !file.size ? t('upload.empty') : file.size > largestFile()
      ? t('upload.tooLarge', { size: bytes(file.size), most: bytes(largestFile()) }) : null
    if (this.#problem) return this.update()
    this.#body = { file }
    this.#shows(0)
    try {
      this.#insert(markdownFor(await sendFile(this.#body, progress => this.#shows(progress))))
    } catch (error) { this.#problem = error.message }
    this.#shows(null)
  }

  #shows(progress) {
    this.#progress = progress
    this.update()
  }

  /** Puts a file on lines of its own. */
  #insert(text) {
    const area = this.querySelector('textarea')
    const { selectionStart: start, selectionEnd: end, value } = area
    const before = !start || value[start - 1] === '\n' ? '' : '\n\n'
    area.setRangeText(`${before}${text}\n`, start, end, 'end')
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.focus()
  }
}

customElements.define('markdown-field', MarkdownField)
