import './files-field.js'
import './time-ago.js'
import { get, post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { changeText, requestPath, timelineOf } from '../lib/requests.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { linked } from './box-letter.js'
import { fileClips } from './file-clips.js'
import { loadable, skeletons } from './loadable.js'
import { alert } from './notices.js'
import { face } from './presence-list.js'

/**
 * The comments and changes of a request, in order, and a form for comments. Attributes: `request`, its id,
 * `internal`, if internal comments may be written, and `anonymous`, if its submitter is.
 */
class RequestComments extends FormElement {
  static observedAttributes = ['internal', 'anonymous']
  #timeline = new Loader(this, async signal => {
    const id = this.getAttribute('request')
    const [comments, changes] = await Promise.all([
      get(requestPath(id, '/comments?limit=500'), { signal }), get(requestPath(id, '/history?limit=500'), { signal }),
    ])
    return timelineOf(comments, changes)
  })

  connected() {
    this.listen(socket, 'COMPLAINT_UPDATE', ({ detail }) => {
      if (String(detail?.id) === this.getAttribute('request')) this.again()
    })
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(this, 'keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit()
    })
    this.again()
  }

  again() { this.#timeline.load() }

  view() {
    return html`
      <section class="card" aria-labelledby="timeline-title">
        <h2 id="timeline-title">${t('requests.timeline')}</h2>
        ${loadable(this.#timeline, list => html`<ol class="timeline">${list.map(one =>
          one.kind === 'comment' ? this.#comment(one) : this.#changed(one))}
            </ol>`, { waiting: skeletons('row', 2) })}
        ${this.#form()}
      </section>`
  }

  #comment({ id, authorId, authorName, text, isInternal, files, createdAt }) {
    return html`
      <li class="request-comment" data-key="comment-${id}" ?data-internal=${isInternal}>
        ${face({ id: authorId ?? 0, name: authorName })}
        <div><p class="request-comment-head"><strong>${authorName}</strong>
          <time-ago moment="${createdAt}"></time-ago>${isInternal
            && html` <span class="tag tag-quiet">${icon('lock')}${t('requests.internal')}</span>`}</p>
        <div class="letter-text">${linked(text)}</div>${fileClips(files)}</div></li>`
  }

  #changed(change) {
    return html`
      <li class="request-change"
        data-key="change-${change.id}">${icon(change.field === 'overdue' ? 'clock' : 'next')}
        <p>${change.actorName && html`<strong>${change.actorName}</strong> · `}${changeText(change)}
          <time-ago moment="${change.createdAt}"></time-ago></p></li>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const name = `comment-${this.getAttribute('request')}`
    return html`
      <form class="form request-comment-form" novalidate
        data-key="form" data-draft="${name}" data-submit="send">
        ${alert(refusal?.message)}
        <div class="field ${errors.text ? 'field-wrong' : ''}">
          <label for="comment-text">${t('requests.comment')}</label>
          <textarea class="input" id="comment-text" name="text" rows="3" maxlength="5000"
            ${errors.text && html`aria-invalid="true"`}></textarea>
          <p class="field-error" aria-live="polite">${errors.text}</p></div>
        <files-field data-key="files" error="${errors.files}"
          ?hidden=${this.hasAttribute('anonymous') && !this.state.isInternal}></files-field>
        <div class="request-comment-actions">
          ${this.hasAttribute('internal') && html`<label class="check"><input type="checkbox"
            name="isInternal" data-change="internalChosen">
            <span>${t('requests.internalOnly')}</span></label>`}
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${icon('send')}${t('requests.say')}</button></div>
      </form>`
  }

  /** The submitter of an anonymous request cannot open files, so only internal comments may have some. */
  internalChosen(_, input) { this.change({ isInternal: input.checked }) }

  async send(event, form) {
    const field = this.querySelector('files-field')
    if (field.isSending) {
      event.preventDefault()
      return toast(t('messages.filesUnderWay'))
    }
    const done = await this.attempt(event, form, ['text'], ({ text, isInternal }) =>
      post(requestPath(this.getAttribute('request'), '/comments'), {
        text, isInternal: Boolean(isInternal), files: field.value.map(({ fileUrl }) => fileUrl),
      }))
    if (!done) return
    form.reset()
    field.value = []
    this.again()
  }
}

customElements.define('request-comments', RequestComments)
