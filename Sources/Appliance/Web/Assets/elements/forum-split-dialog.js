import './form-field.js'
import { get, post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { topicPath, topicTag } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'

/** Moves posts of a topic into a new one: `open(topic, postIds)`. Dispatches `topic-moved` with the answer. */
class ForumSplitDialog extends withDialog(FormElement) {
  #topic = null
  #posts = []
  #categories = []

  async open(topic, postIds) {
    this.#categories = await get('/api/forum/categories?limit=500').catch(() => [])
    this.#topic = topic
    this.#posts = postIds
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('#field-splitTitle')?.focus()
  }

  view() {
    const { errors, refusal, sending } = this.state
    return html`
      <dialog class="dialog" aria-labelledby="split-title" data-click="backdrop" data-close="closed">
        ${dialogHead('split-title', t('forum.split'))}
        ${this.#topic && html`${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send">
          <p>${t('forum.splitText', { count: this.#posts.length })}</p>
          <form-field data-key="title" name="splitTitle" prose label="${t('forum.field.title')}"
            error="${errors.splitTitle ?? errors.title}"></form-field>
          <label class="field"><span>${t('forum.field.category')}</span>
            <select class="input" name="categoryId">${this.#categories.map(({ id, name, icon }) => html`
              <option value="${id}" ?selected=${id === this.#topic.categoryId}>${icon} ${name}</option>`)}
            </select></label>
          ${dialogActions(sending, t('forum.split'))}
        </form>`}
      </dialog>`
  }

  async send(event, form) {
    let answer = null
    const done = await this.attempt(event, form, ['splitTitle'], async ({ splitTitle, categoryId }) => {
      const body = { postIds: this.#posts, title: splitTitle, categoryId }
      answer = await post(topicPath(this.#topic.id, '/split'), body, { headers: topicTag(this.#topic) })
    })
    if (!done) return
    this.shut()
    this.dispatchEvent(new CustomEvent('topic-moved', { bubbles: true, detail: { topic: answer, said: t('forum.splitDone') } }))
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#topic = null
    this.update()
  }
}

customElements.define('forum-split-dialog', ForumSplitDialog)
