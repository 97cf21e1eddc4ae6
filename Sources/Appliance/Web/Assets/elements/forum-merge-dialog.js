import './topic-picker.js'
import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { topicPath, topicTag } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

/** Merges a topic into another one: `open(topic)`. Dispatches `topic-moved` with the answer. */
class ForumMergeDialog extends withDialog(FormElement) {
  #topic = null

  open(topic) {
    this.#topic = topic
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('topic-picker').focus()
  }

  view() {
    const { errors, refusal, sending } = this.state
    return html`
      <dialog class="dialog" aria-labelledby="merge-title" data-click="backdrop" data-close="closed">
        ${dialogHead('merge-title', t('forum.merge'))}
        ${this.#topic && html`${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send">
          <topic-picker data-key="into" topic="${this.#topic.id}" error="${errors.intoId}"></topic-picker>
          <p>${t('forum.mergeText', { count: this.#topic.postCount, title: this.#topic.title })}</p>
          <ul class="forum-effects"><li>${t('forum.mergeKept')}</li><li>${t('forum.mergeAddress')}</li>
            <li>${t('forum.mergeFinal')}</li></ul>
          ${dialogActions(sending, t('forum.merge'), 'danger')}
        </form>`}
      </dialog>`
  }

  async send(event, form) {
    const into = this.querySelector('topic-picker').value
    if (!into) {
      event.preventDefault()
      return this.refuse({ intoId: t('invalid.required') })
    }
    let answer = null
    const done = await this.attempt(event, form, [], async () => {
      answer = await post(topicPath(this.#topic.id, '/merge'), { intoId: into.id }, { headers: topicTag(this.#topic) })
    })
    if (!done) return
    this.shut()
    this.dispatchEvent(new CustomEvent('topic-moved', { bubbles: true, detail: { topic: answer, said: t('forum.merged') } }))
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#topic = null
    this.update()
  }
}

customElements.define('forum-merge-dialog', ForumMergeDialog)
