import './forum-editor.js'
import { patch, post } from '../lib/api.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { postPath } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'
import { alert } from './notices.js'

/**
 * Writes a reply to the topic `topic`, or edits the post `post`, whose text is `value`. `quote(post)` makes the reply
 * an answer to a post; `files` are those of the post that is edited. Dispatches `forum-written` with the answer, and
 * `forum-left` when editing was given up.
 */
class ForumComposer extends FormElement {
  static observedAttributes = ['topic', 'post', 'value']
  #quoted = null

  connected() {
    this.listen(this, 'keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit()
      if (event.key === 'Escape' && this.#post) this.leave()
    })
  }

  get #post() { return this.getAttribute('post') }
  get #draft() { return this.#post ? `forum-post-${this.#post}` : `forum-topic-${this.getAttribute('topic')}` }
  get #editor() { return this.querySelector('forum-editor') }

  set files(files) { this.#editor.files = files }

  quote(one) {
    this.#quoted = one
    this.update()
    this.focus()
  }

  focus() { this.#editor?.focus() }

  view() {
    const { errors, refusal, sending } = this.state
    return html`
      <form class="form forum-composer" novalidate data-key="form-${this.#post ?? 'new'}"
        data-draft="${this.#draft}" data-submit="send">
        ${alert(refusal?.message)}
        ${this.#quoted && html`<p class="forum-quoting">${icon('reply')}
          <span>${t('forum.quoting', { name: this.#quoted.authorName })}</span>
          <button type="button" class="icon-button" data-click="unquote" aria-label="${t('forum.unquote')}">
            ${icon('close')}</button></p>`}
        <forum-editor data-key="text" name="${this.#post ? `post-${this.#post}` : 'reply'}"
          label="${t(this.#post ? 'forum.field.content' : 'forum.yourReply')}"
          topic="${this.getAttribute('topic')}"
          value="${this.getAttribute('value') ?? ''}" error="${errors.content}"
          files-error="${errors.files}"></forum-editor>
        <div class="forum-composer-foot"><small class="quiet">${t('forum.markdown')}</small>
          ${this.#post && html`<button type="button" class="button" data-click="leave">
            ${t('action.cancel')}</button>`}
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${icon('send')}${t(this.#post ? 'action.save' : 'forum.reply')}</button></div>
      </form>`
  }

  unquote() {
    this.#quoted = null
    this.update()
  }

  leave() {
    dropDraft(this.#draft)
    this.dispatchEvent(new CustomEvent('forum-left', { bubbles: true }))
  }

  async send(event, form) {
    if (this.#editor.isSending) {
      event.preventDefault()
      return toast(t('messages.filesUnderWay'))
    }
    let answer = null
    const files = this.#editor.files.map(({ fileUrl }) => fileUrl)
    const done = await this.attempt(event, form, ['content'], async ({ content }) => {
      const reply = { topicId: this.getAttribute('topic'), content, quotedId: this.#quoted?.id ?? null, files }
      answer = this.#post ? await patch(postPath(this.#post), { content, files }) : await post('/api/forum/posts', reply)
    })
    this.#editor.clear({ isSent: done })
    if (!done) return
    form.reset()
    this.#quoted = null
    this.update()
    this.dispatchEvent(new CustomEvent('forum-written', { bubbles: true, detail: answer }))
  }
}

customElements.define('forum-composer', ForumComposer)
