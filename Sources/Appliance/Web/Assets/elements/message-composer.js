import './files-field.js'
import './form-field.js'
import './people-picker.js'
import { patch, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { go } from '../lib/router.js'
import { toast } from '../lib/toast.js'
import { alert } from './notices.js'

const rests = 1500
const drafts = '/api/messages/drafts'

/**
 * Writes a message of the internal mail. `begin({draft, recipients, subject, content, replyToId, forwardOfId,
 * files})` fills the form once. The input is saved as a draft on the server, shortly after typing and when
 * the user leaves the page.
 */
class MessageComposer extends FormElement {
  #seed = null
  #draft = null
  #rest = null
  #isOver = false
  /** Drafts are saved one after the other, so that only one is created. */
  #keeping = Promise.resolve()

  connected() {
    this.listen(this, 'people-picked', () => this.#touched())
    this.listen(this, 'files-changed', () => this.#touched())
    this.listen(this, 'keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit()
    })
  }

  disconnected() { if (this.#rest) this.#keep() }

  begin(seed) {
    if (this.#seed) return
    this.#seed = seed
    this.#draft = seed.draft ?? null
    this.draw()
    this.#picker.value = seed.recipients ?? []
    this.#files.value = seed.files ?? []
    const box = seed.recipients?.length ? this.querySelector('textarea') : this.#picker
    requestAnimationFrame(() => {
      box.focus()
      box.setSelectionRange?.(0, 0)
      if (box.scrollTop) box.scrollTop = 0
    })
  }

  get #picker() { return this.querySelector('people-picker') }
  get #files() { return this.querySelector('files-field') }

  view() {
    const { errors, refusal, sending } = this.state
    if (!this.#seed) return html``
    const { subject = '', content = '', replyToId, forwardOfId } = this.#seed
    const title = replyToId ? 'messages.reply' : forwardOfId ? 'messages.forward' : 'messages.new'
    return html`
      <section class="letter composer-letter" aria-labelledby="compose-title">
        <a class="back" href="/messages">${icon('back')}${t('messages.title')}</a>
        <h2 id="compose-title">${t(title)}</h2>
        ${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send" data-input="typed">
          <people-picker data-key="to" name="to" label="${t('mailbox.to')}"></people-picker>
          <p class="field-error" aria-live="polite">${errors.recipientIds ?? errors.recipientId}</p>
          <form-field data-key="subject" name="subject" label="${t('messages.subject')}" value="${subject}"
            error="${errors.subject}"></form-field>
          <form-field data-key="content" name="content" type="area" label="${t('messages.content')}"
            value="${content}" error="${errors.content}"></form-field>
          <files-field data-key="files" error="${errors.files}"></files-field>
          <div class="dialog-actions">
            <button type="button" class="button button-wary" data-click="discard">
              ${icon('trash')}${t('messages.discard')}</button>
            <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
              ${icon('send')}${t('messages.send')}</button></div>
        </form>
      </section>`
  }

  typed() { this.#touched() }

  #touched() {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#keep(), rests)
  }

  get #body() {
    const { subject, content } = this.querySelector('form').elements
    const { replyToId = null, forwardOfId = null } = this.#seed
    return {
      recipientIds: this.#picker.value.map(({ id }) => String(id)), subject: subject.value, content: content.value,
      replyToId, forwardOfId, files: this.#files.value.map(({ fileUrl }) => fileUrl),
    }
  }

  #keep() {
    clearTimeout(this.#rest)
    this.#rest = null
    const body = this.#body
    if (!this.#draft && !body.subject.trim() && !body.content.trim() && !body.recipientIds.length) return
    this.#keeping = this.#keeping.then(async () => {
      if (this.#isOver) return
      try {
        if (this.#draft) await patch(`${drafts}/${encodeURIComponent(this.#draft)}`, body)
        else this.#draft = (await post(drafts, body)).id
      } catch { /* it is kept with the next change */ }
    })
  }

  async send(event, form) {
    if (this.#files.isSending) {
      event.preventDefault()
      return toast(t('messages.filesUnderWay'))
    }
    clearTimeout(this.#rest)
    this.#rest = null
    const body = this.#body
    const done = await this.attempt(event, form, [], async () => {
      await this.#keeping
      await post('/api/messages', { ...body, draftId: this.#draft })
    })
    if (!done) return
    this.#isOver = true
    toast(t('messages.sentNow'), 'success')
    go('/messages')
  }

  async discard() {
    clearTimeout(this.#rest)
    this.#rest = null
    const { subject, content } = this.#body
    const question = { title: t('messages.askDiscard'), text: t('messages.askDiscardText'), yes: t('messages.discard') }
    if ((subject.trim() || content.trim()) && !await confirm({ ...question, danger: true })) return
    await this.#keeping
    this.#isOver = true
    if (this.#draft) await remove(`${drafts}/${encodeURIComponent(this.#draft)}`).catch(() => { /* it is deleted already */ })
    go('/messages')
  }
}

customElements.define('message-composer', MessageComposer)
