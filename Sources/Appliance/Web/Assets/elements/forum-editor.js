import './files-field.js'
import './rich-text.js'
import { post } from '../lib/api.js'
import { AutocompleteMenu, closeEmoji } from '../lib/autocomplete-menu.js'
import { pastedFiles } from '../lib/drop-zone.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { ForumMentions } from '../lib/mentions.js'
import { choiceList } from './composer-choices.js'
import { textTabs } from './text-tabs.js'

/**
 * The text of a post, the field `content` of the surrounding form, with a preview, files and mentions. Attributes: `name`,
 * which makes its ids, `label`, `hint`, `value`, `error`, `files-error`, and `topic` or `category`, whose readers can be
 * mentioned. `files` is the list of responses to uploads.
 */
class ForumEditor extends ViewElement {
  static observedAttributes = ['label', 'error', 'files-error', 'topic', 'category']
  #preview = null
  #problem = null
  #menu = new AutocompleteMenu(() => this.update())
  #mentions = null

  connected() {
    this.listen(this, 'keydown', event => { if (event.target === this.#box) this.#pressed(event) })
    this.listen(this, 'focusout', () => this.#menu.shut())
    this.listen(this, 'mousedown', event => this.#chosen(event))
    this.listen(document, 'selectionchange', () => { if (document.activeElement === this.#box) this.#look() })
    for (const type of ['dragover', 'drop']) this.listen(this, type, event => this.#given(event))
    this.listen(this, 'paste', event => {
      const files = pastedFiles(event.clipboardData)
      if (!files.length) return
      event.preventDefault()
      this.#field.add(files)
    })
  }

  get #box() { return this.querySelector('textarea') }
  get #field() { return this.querySelector('files-field') }
  get files() { return this.#field.value }
  set files(answers) { this.#field.value = answers }
  get isSending() { return this.#field.isSending }
  focus() { this.#box?.focus() }

  view() {
    const name = this.getAttribute('name')
    const error = this.#problem ?? this.getAttribute('error')
    const hint = this.getAttribute('hint')
    return html`
      ${textTabs(this.#preview !== null)}
      <div class="field ${error ? 'field-wrong' : ''}" ?hidden=${this.#preview !== null}>
        <label class="${hint ? '' : 'visually-hidden'}" for="field-${name}">
          ${this.getAttribute('label')}</label>
        <div class="forum-box" data-key="box">${choiceList(this.#menu, `mention-${name}`)}
          <textarea class="input" id="field-${name}" name="content" rows="5" maxlength="10000"
            data-input="typed" aria-describedby="field-${name}-error" aria-autocomplete="list"
            aria-haspopup="listbox" aria-controls="mention-${name}-list"
            ${this.#menu.isOpen && html`aria-activedescendant="mention-${name}-${this.#menu.active}"`} ${error
            && html`aria-invalid="true"`}>${this.getAttribute('value') ?? ''}</textarea></div>
        ${hint && html`<p class="field-hint">${hint}</p>`}
        <p class="field-error" id="field-${name}-error" aria-live="polite">${error}</p></div>
      ${this.#preview !== null && html`<rich-text class="prose forum-preview" data-key="preview"
        html="${this.#preview}"></rich-text>`}
      <files-field data-key="files" error="${this.getAttribute('files-error')}"></files-field>
      <p class="visually-hidden" role="status" data-key="said">
        ${this.#menu.isOpen && t('compose.choices', { count: this.#menu.choices.length })}</p>`
  }

  write() {
    this.#preview = null
    this.draw()
    this.focus()
  }

  async preview() {
    const content = this.#box.value.trim()
    this.#problem = content ? null : t('invalid.required')
    if (content) {
      try {
        this.#preview = (await post('/api/forum/preview', { content })).html
      } catch (error) { this.#problem = error.byField?.content ?? error.message }
    }
    this.update()
  }

  /** Shows what was typed, after an error or when it was sent. */
  clear({ isSent = false } = {}) {
    this.#preview = null
    this.#problem = null
    if (isSent) this.files = []
    this.update()
  }

  typed(event, box) {
    this.#problem = null
    closeEmoji(box, event)
    this.#look()
    this.update()
  }

  #look() {
    const [topicId, categoryId] = [this.getAttribute('topic'), this.getAttribute('category')]
    const key = `${topicId} ${categoryId}`
    if (this.#mentions?.key !== key)
      this.#mentions = { key, source: topicId || categoryId ? new ForumMentions({ topicId, categoryId }) : null }
    this.#menu.look(this.#box, this.#mentions.source)
  }

  /** Keys of the menu reach nothing else: Escape closes neither the dialog nor the form. */
  #pressed(event) { if (this.#menu.press(event, this.#box)) event.stopPropagation() }

  #chosen(event) {
    const option = event.target.closest?.('[role=option]')
    if (!option || !this.contains(option)) return
    event.preventDefault()
    this.#menu.apply(Number(option.dataset.index), this.#box)
  }

  /** Files dropped anywhere here; those dropped on the list of files are taken there. */
  #given(event) {
    if (event.defaultPrevented || ![...event.dataTransfer?.types ?? []].includes('Files')) return
    event.preventDefault()
    if (event.type === 'drop') this.#field.add(event.dataTransfer.files)
  }
}

customElements.define('forum-editor', ForumEditor)
