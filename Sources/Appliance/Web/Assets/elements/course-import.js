import { largestArchive } from '../lib/courses.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { sendFile } from '../lib/uploads.js'
import { dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

const fresh = { refusal: null, progress: null, made: null, isOver: false }

/** Imports the archive of a course, then leads on to the draft: `open()`. */
class CourseImport extends withDialog(FormElement) {
  state = { ...fresh }
  #body = null

  connected() {
    this.listen(this, 'dragover', event => this.#dragged(event, true))
    this.listen(this, 'dragleave', event => this.#dragged(event, false))
    this.listen(this, 'drop', event => {
      this.#dragged(event, false)
      this.#send(event.dataTransfer?.files[0])
    })
  }

  disconnected() { this.#body?.request?.abort() }

  open() {
    if (this.state.progress === null) this.change(fresh)
    this.dialog.showModal()
    this.querySelector('input[type=file]')?.focus()
  }

  view() {
    const { refusal, made } = this.state
    return html`
      <dialog class="dialog" aria-labelledby="course-import-title" data-click="backdrop">
        ${dialogHead('course-import-title', t('course.import'))}
        <div class="form">${alert(refusal)}${made ? this.#outcome(made) : this.#choice()}</div></dialog>`
  }

  #choice() {
    const { progress, isOver } = this.state
    return html`<p>${t('course.importText')}</p>
      <div class="drop-box" ?data-over=${isOver}>
        ${progress === null ? html`<p aria-hidden="true">${icon('up')}${t('course.importDrop')}</p>
          <label class="button button-primary file-button">${icon('file')}${t('course.importChoose')}
            <input class="visually-hidden" type="file" accept=".zip,application/zip" data-change="chosen">
          </label>`
        : progress < .99 ? html`<progress max="1" value="${progress}"
            aria-label="${t('course.importSending')}"></progress>`
        : html`<p role="status">${t('course.importReading')}</p>`}</div>`
  }

  #outcome({ id, title: name, lessonCount, quizCount, fileCount, notes }) {
    const parts = [
      t('course.lessonCount', { count: lessonCount }), t('course.quizCount', { count: quizCount }),
      t('course.fileCount', { count: fileCount }),
    ]
    return html`<div role="status"><p><strong>${t('course.imported', { name })}</strong></p>
      <p class="quiet">${parts.join(' · ')}</p>
      ${notes.length > 0 && html`<ul class="import-notes">${notes.map(note => html`<li>${note}</li>`)}</ul>`}
      </div>
      <div class="dialog-actions"><button type="button" class="button" data-click="shut">
        ${t('action.close')}</button>
        <a class="button button-primary" href="/courses/${id}" data-click="shut">
          ${t('course.importOpen')}</a></div>`
  }

  #dragged(event, isOver) {
    event.preventDefault()
    if (isOver !== this.state.isOver) this.change({ isOver })
  }

  chosen(_, input) {
    const [file] = input.files
    input.value = ''
    return this.#send(file)
  }

  async #send(file) {
    if (!file || this.state.progress !== null || this.state.made) return
    if (file.size > largestArchive)
      return this.change({ refusal: t('upload.tooLarge', { size: bytes(file.size), most: bytes(largestArchive) }) })
    this.#body = { file }
    this.change({ refusal: null, progress: 0 })
    try {
      const made = await sendFile(this.#body, progress => this.change({ progress }), '/api/courses/import')
      this.change({ progress: null, made })
      this.querySelector('a.button-primary')?.focus()
    } catch (error) {
      this.change({ progress: null, refusal: error.message })
    }
  }
}

customElements.define('course-import', CourseImport)
