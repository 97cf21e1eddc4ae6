import './rich-text.js'
import { patch, post } from '../lib/api.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { postPath } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { alert } from './notices.js'
import { textTabs } from './text-tabs.js'

/**
 * Writes a reply to the topic `topic`, or edits the post `post`, whose text is `value`. `quote(post)` makes the reply
 * an answer to a post. Dispatches `forum-written` with the answer, and `forum-left` when editing was given up.
 */
class ForumComposer extends FormElement {
  static observedAttributes = ['topic', 'post', 'value']
  #quoted = null
  #preview = null

  connected() {
    this.listen(this, 'keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit()
      if (event.key === 'Escape' && this.#post) this.leave()
    })
  }

  get #post() { return this.getAttribute('post') }
  get #draft() { return this.#post ? `forum-post-${this.#post}` : `forum-topic-${this.getAttribute('topic')}` }
  get #box() { return this.querySelector('textarea') }

  quote(one) {
    this.#quoted = one
    this.update()
    this.focus()
  }

  focus() { this.#box?.focus() }

  view() {
    const { errors, refusal, sending } = this.state
    const name = `forum-text-${this.#post ?? 'new'}`
    return html`
      <form class="form forum-composer" novalidate data-key="form-${this.#post ?? 'new'}"
        data-draft="${this.#draft}" data-submit="send">
        ${alert(refusal?.message)}
        ${this.#quoted && html`<p class="forum-quoting">${icon('reply')}
          <span>${t('forum.quoting', { name: this.#quoted.authorName })}</span>
          <button type="button" class="icon-button" data-click="unquote" aria-label="${t('forum.unquote')}">
            ${icon('close')}</button></p>`}
        ${textTabs(this.#preview !== null)}
        <div class="field ${errors.content ? 'field-wrong' : ''}" ?hidden=${this.#preview !== null}>
          <label class="visually-hidden" for="${name}">
            ${t(this.#post ? 'forum.field.content' : 'forum.yourReply')}</label>
          <textarea class="input" id="${name}" name="content" rows="5" maxlength="10000"
            placeholder="${t('forum.yourReply')}"
            ${errors.content && html`aria-invalid="true"`}>${this.getAttribute('value') ?? ''}</textarea>
          <p class="field-error" aria-live="polite">${errors.content}</p></div>
        ${this.#preview !== null && html`<rich-text class="prose forum-preview"
          html="${this.#preview}"></rich-text>`}
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

  write() {
    this.#preview = null
    this.draw()
    this.focus()
  }

  async preview() {
    const content = this.#box.value.trim()
    if (!content) return this.refuse({ content: t('invalid.required') })
    try {
      this.#preview = (await post('/api/forum/preview', { content })).html
      this.change({ errors: {}, refusal: null })
    } catch (error) { this.refuse({}, error) }
  }

  leave() {
    dropDraft(this.#draft)
    this.dispatchEvent(new CustomEvent('forum-left', { bubbles: true }))
  }

  async send(event, form) {
    let answer = null
    const done = await this.attempt(event, form, ['content'], async ({ content }) => {
      answer = this.#post ? await patch(postPath(this.#post), { content })
        : await post('/api/forum/posts', { topicId: this.getAttribute('topic'), content, quotedId: this.#quoted?.id ?? null })
    })
    if (!done) {
      if (this.state.errors.content) this.write()
      return
    }
    form.reset()
    this.#quoted = null
    this.#preview = null
    this.update()
    this.dispatchEvent(new CustomEvent('forum-written', { bubbles: true, detail: answer }))
  }
}

customElements.define('forum-composer', ForumComposer)
