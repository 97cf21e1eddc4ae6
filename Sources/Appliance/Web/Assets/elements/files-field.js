import { ViewElement } from '../lib/element.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'
import { largestFile, mostFiles, sendFile } from '../lib/uploads.js'

let counter = 0

/**
 * Uploads several files as soon as they are chosen or dropped here. Attributes: `label`, `error`. `value` is
 * the list of responses to the uploads, `isSending` whether an upload is in progress. Dispatches
 * `files-changed`.
 */
class FilesField extends ViewElement {
  static observedAttributes = ['label', 'error']
  #files = []
  #isOver = false

  connected() {
    this.listen(this, 'dragover', event => this.#over(event, true))
    this.listen(this, 'dragleave', event => this.#over(event, false))
    this.listen(this, 'drop', event => {
      this.#over(event, false)
      this.add(event.dataTransfer.files)
    })
  }

  disconnected() { for (const { body } of this.#files) body?.request?.abort() }

  get value() { return this.#files.map(({ answer }) => answer).filter(Boolean) }
  set value(answers) {
    this.#files = answers.map(answer => ({ key: counter += 1, name: answer.fileName, answer }))
    this.update()
  }
  get isSending() { return this.#files.some(({ answer, problem }) => !answer && !problem) }

  view() {
    const error = this.getAttribute('error')
    return html`
      <div class="field files-field ${error ? 'field-wrong' : ''}" ?data-over=${this.#isOver}>
        <label class="button file-button">${icon('clip')}${this.getAttribute('label') ?? t('files.add')}
          <input class="visually-hidden" type="file" multiple data-change="chosen"></label>
        <ul class="chips" aria-label="${t('upload.list')}"
          ?hidden=${!this.#files.length}>${this.#files.map(file => this.#chip(file))}</ul>
        <p class="field-error" aria-live="polite">${error}</p>
      </div>`
  }

  #chip({ key, name, answer, progress = 0, problem }) {
    return html`
      <li class="chip" data-key="chip-${key}"
        data-state="${problem ? 'refused' : answer ? 'done' : 'sending'}">
        <span class="chip-sign">${icon(problem ? 'warning' : 'clip')}</span>
        <div class="chip-text"><strong title="${name}">${name}</strong>
          ${problem ? html`<small class="chip-error" role="alert">${problem}</small>`
            : answer ? html`<small>${bytes(answer.size)}</small>`
            : html`<progress max="1" value="${progress}"
              aria-label="${t('upload.progress', { name })}"></progress>`}</div>
        <button type="button" class="icon-button" data-click="drop" data-file="${key}"
          aria-label="${t('upload.remove', { name })}" title="${t('upload.remove', { name })}">
          ${icon('close')}</button>
      </li>`
  }

  chosen(_, input) {
    this.add(input.files)
    input.value = ''
  }

  add(files) {
    const room = Math.max(0, mostFiles - this.#files.length)
    if (files.length > room) toast(t('compose.tooMany', { count: mostFiles }), 'error')
    for (const file of [...files].slice(0, room)) this.#send(file)
    this.update()
  }

  async #send(file) {
    const one = { key: counter += 1, name: file.name, body: { file } }
    if (!file.size) one.problem = t('upload.empty')
    else if (file.size > largestFile())
      one.problem = t('upload.tooLarge', { size: bytes(file.size), most: bytes(largestFile()) })
    this.#files = [...this.#files, one]
    if (one.problem) return
    try {
      one.answer = await sendFile(one.body, progress => {
        one.progress = progress
        this.update()
      })
    } catch (failure) {
      one.problem = failure.message
    }
    this.#changed()
  }

  drop(_, { dataset: { file } }) {
    const gone = this.#files.find(({ key }) => String(key) === file)
    if (!gone?.answer) gone?.body?.request?.abort()
    this.#files = this.#files.filter(one => one !== gone)
    this.#changed()
  }

  #over(event, isOver) {
    if (![...event.dataTransfer?.types ?? []].includes('Files')) return
    event.preventDefault()
    if (this.#isOver === isOver) return
    this.#isOver = isOver
    this.update()
  }

  #changed() {
    this.update()
    this.dispatchEvent(new CustomEvent('files-changed', { bubbles: true }))
  }
}

customElements.define('files-field', FilesField)
