import { FormElement } from '../lib/form.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { largestFile, sendFile } from '../lib/uploads.js'

/**
 * Uploads one file as soon as it is chosen. A field of the surrounding form: `name`, `label`, `error`,
 * `accept`, and `value`, the URL in its hidden input. Dispatches `file-sent` with the response of the upload,
 * and `file-cleared`.
 */
class FileField extends FormElement {
  static observedAttributes = ['label', 'error']
  state = { address: '', file: null, progress: null, problem: null }
  #body = null

  connected() { this.change({ address: this.getAttribute('value') ?? '' }) }
  disconnected() { this.#body?.request?.abort() }

  view() {
    const { address, file, progress, problem } = this.state
    const name = this.getAttribute('name')
    const error = problem ?? this.getAttribute('error')
    return html`
      <div class="field file-field ${error ? 'field-wrong' : ''}"><span>${this.getAttribute('label')}</span>
        <input type="hidden" name="${name}" value="${address}">
        ${address && html`<p class="file-chosen">${this.#shown(address, file)}
          <button type="button" class="icon-button" data-click="clear" title="${t('file.remove')}"
            aria-label="${t('file.remove')}">${icon('close')}</button></p>`}
        ${progress != null && html`<progress max="1" value="${progress}"
          aria-label="${t('file.sending')}"></progress>`}
        <label class="button file-button">${icon('clip')}
          ${t(address ? 'file.replace' : 'file.choose')}
          <input class="visually-hidden" type="file" data-change="chosen" ${error
            && html`aria-invalid="true"`}
            accept="${this.getAttribute('accept') ?? ''}"></label>
        <p class="field-error" aria-live="polite">${error}</p>
      </div>`
  }

  #shown(address, file) {
    if (file?.width || /\.(png|jpe?g|gif|webp)$/i.test(address))
      return html`<img class="file-picture" src="${address}" alt="">`
    return html`<a href="${address}" target="_blank" rel="noopener">
      ${file?.fileName ?? t('file.current')}</a>`
  }

  async chosen(_, input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    if (!file.size) return this.change({ problem: t('upload.empty') })
    if (file.size > largestFile()) {
      const size = { size: bytes(file.size), most: bytes(largestFile()) }
      return this.change({ problem: t('upload.tooLarge', size) })
    }
    this.#body = { file }
    this.change({ progress: 0, problem: null })
    try {
      const answer = await sendFile(this.#body, progress => this.change({ progress }))
      this.change({ address: answer.fileUrl, file: answer, progress: null })
      this.dispatchEvent(new CustomEvent('file-sent', { bubbles: true, detail: answer }))
    } catch (failure) {
      this.change({ progress: null, problem: failure.message })
    }
  }

  clear() {
    this.change({ address: '', file: null, problem: null })
    this.dispatchEvent(new CustomEvent('file-cleared', { bubbles: true }))
  }
}

customElements.define('file-field', FileField)
