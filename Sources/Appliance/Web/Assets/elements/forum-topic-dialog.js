import './form-field.js'
import './forum-editor.js'
import './forum-similar.js'
import { get, patch, post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { flags, tagsOf, topicPath, topicTag } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { toast } from '../lib/toast.js'
import { alert } from './notices.js'

/**
 * Opens or edits a topic: `open({categories, category, topic})`. Moderators also move, pin and lock it. Dispatches
 * `topic-saved` with the answer.
 */
class ForumTopicDialog extends withDialog(FormElement) {
  #categories = []
  #category = null
  #topic = null
  #isOpen = false

  connected() {
    this.listen(this, 'keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form')?.requestSubmit()
    })
  }

  async open({ category = null, topic = null } = {}) {
    this.#categories = await get('/api/forum/categories?limit=500').catch(() => [])
    this.#category = topic?.categoryId ?? category ?? this.#categories[0]?.id ?? null
    this.#topic = topic
    this.#isOpen = true
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('#field-title')?.focus()
  }

  get #draft() { return `forum-topic-${this.#topic ? `edit-${this.#topic.id}` : 'new'}` }
  get #moderates() { return this.#topic?.may.includes('moderate') }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="topic-dialog-title" data-click="backdrop" data-close="closed">
        ${dialogHead('topic-dialog-title', this.#topic?.title ?? t('forum.new'))}
        ${this.#isOpen && this.#form()}
      </dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="${this.#draft}" data-submit="send"
        data-input="typed">
        ${(!this.#topic || this.#moderates) && html`<label class="field">
          <span>${t('forum.field.category')}</span>
          <select class="input" name="categoryId" data-change="moved">
            ${this.#categories.map(({ id, name, icon }) => html`
            <option value="${id}" ?selected=${id === this.#category}>${icon} ${name}</option>`)}
          </select></label>`}
        <form-field data-key="title" name="title" prose label="${t('forum.field.title')}"
          value="${this.#topic?.title ?? ''}" error="${errors.title}"></form-field>
        ${!this.#topic && html`<forum-similar data-key="similar"></forum-similar>`}
        ${!this.#topic && this.#content(errors)}
        <form-field data-key="tags" name="tags" optional label="${t('forum.field.tags')}"
          hint="${t('tables.tagsHint')}" value="${(this.#topic?.tags ?? []).join(', ')}"
          error="${errors.tags}"></form-field>
        ${this.#moderates && flags.map(flag => html`<label class="check"><input type="checkbox" name="${flag}"
          ?checked=${this.#topic[flag]}><span>${t(`forum.flag.${flag}`)}</span></label>`)}
        ${dialogActions(sending, this.#topic ? t('action.save') : t('forum.open'))}
      </form>`
  }

  #content({ content, files }) {
    return html`<forum-editor data-key="content" name="content" label="${t('forum.field.content')}"
      hint="${t('forum.markdown')}" category="${this.#category}" error="${content}"
      files-error="${files}"></forum-editor>`
  }

  get #editor() { return this.querySelector('forum-editor') }

  typed(_, { elements }) { this.querySelector('forum-similar')?.about(elements.title.value) }

  moved(_, { value }) {
    this.#category = value
    this.draw()
  }

  async send(event, form) {
    const editor = this.#editor
    if (editor?.isSending) {
      event.preventDefault()
      return toast(t('messages.filesUnderWay'))
    }
    let answer = null
    const required = this.#topic ? ['title'] : ['title', 'content']
    const done = await this.attempt(event, form, required, async ({ title, content, tags, categoryId }) => {
      const body = { title, tags: tagsOf(tags), ...categoryId && { categoryId } }
      if (this.#moderates) for (const flag of flags) body[flag] = form.elements[flag].checked
      const headers = this.#topic ? topicTag(this.#topic) : {}
      answer = this.#topic ? await patch(topicPath(this.#topic.id), body, { headers })
        : await post('/api/forum/topics', { ...body, content, files: editor.files.map(({ fileUrl }) => fileUrl) })
    })
    editor?.clear({ isSent: done })
    if (!done) return
    this.dispatchEvent(new CustomEvent('topic-saved', { bubbles: true, detail: answer }))
    this.shut()
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.#isOpen = false
    this.update()
  }
}

customElements.define('forum-topic-dialog', ForumTopicDialog)
