import './time-ago.js'
import { briefly, loadable, moreButton, skeletons } from './loadable.js'
import { face } from './presence-list.js'
import { post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { can, session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/**
 * The comments below a row: its `path`, `open` if comments may be added, `right`, the permission to delete
 * any.
 */
class RowComments extends ViewElement {
  static observedAttributes = ['revision', 'open']
  #list = null
  #sending = false

  connected() {
    this.#list = new PagedList(`${this.getAttribute('path')}/comments`, { changed: () => this.update() })
    this.#list.refresh()
  }

  attributeChangedCallback() {
    this.#list?.refresh()
    this.update()
  }

  view() {
    return html`
      <section class="comments" aria-labelledby="comments-title">
        <h2 id="comments-title">${t('comments.title')}</h2>
        ${this.hasAttribute('open') ? this.#form() : html`<p class="quiet">${t('comments.closed')}</p>`}
        ${loadable(this.#list, rows => html`<ul>${rows.map(row => this.#comment(row))}</ul>
          ${moreButton(this.#list)}`, {
          waiting: skeletons('channel', 2), failed: briefly,
          empty: html`<p class="quiet">${t('comments.none')}</p>`,
        })}
      </section>`
  }

  #form() {
    return html`
      <form class="comment-form" data-key="form" data-draft="comment-${this.getAttribute('path')}"
        data-submit="send">
        <label class="visually-hidden" for="comment-text">${t('comments.add')}</label>
        <textarea class="input" id="comment-text" name="text" rows="2" maxlength="2000" required
          placeholder="${t('comments.add')}"></textarea>
        <button class="button" ?disabled=${this.#sending} ?data-busy=${this.#sending}>
          ${icon('send')}${t('comments.send')}</button></form>`
  }

  #comment(row) {
    const mine = row.authorId === String(session.get().user?.id)
    return html`
      <li class="comment" data-key="comment-${row.id}">
        ${face({ id: row.authorId ?? 0, name: row.authorName })}
        <div><p><strong>${row.authorName}</strong> <small><time-ago moment="${row.createdAt}"></time-ago>
          </small></p>
          <p class="comment-text">${row.text}</p></div>
        ${(mine || can(this.getAttribute('right'))) && html`<button type="button" class="icon-button"
          data-click="delete" data-id="${row.id}" title="${t('do.delete')}"
          aria-label="${t('comments.delete', { name: row.authorName })}">${icon('trash')}</button>`}
      </li>`
  }

  older() { this.#list.older() }

  async send(event, form) {
    event.preventDefault()
    const text = form.elements.text.value.trim()
    if (!text || this.#sending) return
    this.#sending = true
    this.update()
    try {
      await post(`${this.getAttribute('path')}/comments`, { text })
      form.reset()
      form.dispatchEvent(new Event('input', { bubbles: true }))
    } catch (error) { toast(error.message, 'error') }
    this.#sending = false
    this.#list.refresh()
  }

  async delete(_, { dataset: { id } }) {
    if (!await confirm({ title: t('comments.askDelete'), text: t('tables.askDeleteText'), yes: t('do.delete'), danger: true }))
      return
    try { await remove(`${this.getAttribute('path')}/comments/${id}`) } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
  }
}

customElements.define('row-comments', RowComments)
