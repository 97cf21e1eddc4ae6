import '../elements/reason-dialog.js'
import '../elements/rich-text.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { filesMarkup } from '../elements/message-files.js'
import { showPictures } from '../elements/picture-viewer.js'
import { get, post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { postPath, topicPath } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const kinds = ['topics', 'posts', 'reports']

/** The topics and posts that wait for the reader's approval, and reports. */
class ForumModerationPage extends ViewElement {
  #kind = 'topics'
  #counts = new Loader(this, signal => get('/api/forum/moderation/counts', { signal }))
  #list = new PagedList('/api/forum/moderation', { changed: () => this.update() })

  async connected() {
    this.listen(socket, 'FORUM_UPDATE', ({ detail }) => { if (detail?.verb !== 'react') this.again() })
    this.listen(socket, 'catch-up', () => this.again())
    await this.#counts.load()
    // The first kind of which something waits.
    this.#choose(kinds.find(kind => this.#counts.value?.[kind] > 0) ?? 'topics')
  }

  again() {
    this.#counts.load()
    this.#list.refresh()
  }

  #choose(kind) {
    this.#kind = kind
    this.#list.filter({ kind })
    this.update()
  }

  view() {
    const counts = this.#counts.value ?? {}
    return html`
      <a class="back" href="/forum">${icon('back')}${t('forum.title')}</a>
      <header class="page-head"><div><h1>${t('forum.moderation')}</h1>
        <p class="lead">${t('forum.moderationLead')}</p></div></header>
      <div class="switch"><div class="switch-choices">${kinds.map(kind => html`<button type="button"
        data-click="look" data-name="${kind}" aria-pressed="${kind === this.#kind ? 'true' : 'false'}">
        ${t(`forum.kind.${kind}`)}${counts[kind] > 0 && html` <span class="tag">${counts[kind]}</span>`}
        </button>`)}</div></div>
      ${loadable(this.#list, rows => html`<ul class="forum-queue">${rows.map(row => this.#item(row))}</ul>
        ${moreButton(this.#list)}`, {
        waiting: skeletons('row', 3),
        empty: emptyState({ icon: 'shield', title: t('forum.queueEmpty'), text: t('forum.queueEmptyText') }),
      })}
      <reason-dialog data-key="reason"></reason-dialog>`
  }

  #item(item) {
    const { kind, id, topicId, title, categoryName, authorName, html: text, createdAt, files } = item
    return html`
      <li class="card forum-waiting" data-key="${kind}-${id}">
        <h2><a href="/forum/topics/${encodeURIComponent(topicId)}">${title}</a></h2>
        <p class="quiet">${authorName} · ${categoryName} · <time-ago moment="${createdAt}"></time-ago></p>
        ${kind === 'reports' && html`<p class="alert">${icon('warning')}<span>
          ${t('forum.reportedBy', { name: item.reporterName, reason: item.reason })}</span></p>`}
        ${item.isDeleted && html`<p class="quiet">${icon('trash')}${t('forum.reportedGone')}</p>`}
        <rich-text class="prose" html="${text}"></rich-text>${filesMarkup(files)}
        <div class="forum-post-actions">
          ${kind === 'reports' ? this.#reportActions(id) : this.#choices(id)}
          <a class="button" href="/forum/topics/${encodeURIComponent(topicId)}">
            ${t('forum.seeTopic')}</a></div>
      </li>`
  }

  #choices(id) {
    return html`<button type="button" class="button button-primary" data-click="approve" data-id="${id}">
        ${icon('check')}${t('forum.approve')}</button>
      <button type="button" class="button button-wary" data-click="reject" data-id="${id}">
        ${icon('close')}${t('forum.reject')}</button>`
  }

  #reportActions(id) {
    return html`<button type="button" class="button" data-click="dismiss" data-id="${id}">
        ${icon('check')}${t('forum.closeReport')}</button>`
  }

  #path(id, rest) { return (this.#kind === 'topics' ? topicPath : postPath)(id, rest) }

  async #doing(work, said) {
    try {
      await work()
      toast(said, 'success')
    } catch (error) { toast(error.message, 'error') }
    this.again()
  }

  older() { this.#list.older() }
  look(_, { dataset: { name } }) { this.#choose(name) }
  enlarge(_, { dataset: { file } }) { showPictures(this.#list.value, file) }

  /** Only what was seen is approved. */
  #seen(id) { return { headers: { 'If-Match': `"${this.#list.value.find(one => one.id === id)?.version}"` } } }

  approve(_, { dataset: { id } }) {
    const seen = this.#seen(id)
    return this.#doing(() => post(this.#path(id, '/approve'), {}, seen), t('forum.approved'))
  }

  dismiss(_, { dataset: { id } }) {
    return this.#doing(() => post(`/api/forum/reports/${encodeURIComponent(id)}/close`), t('forum.closed'))
  }

  reject(_, { dataset: { id } }) {
    const [path, seen] = [this.#path(id, '/reject'), this.#seen(id)]
    this.querySelector('reason-dialog').open({
      title: t('forum.rejectTitle'), text: t('forum.rejectText'), yes: t('forum.reject'), required: false,
      work: reason => this.#doing(() => post(path, { reason }, seen), t('forum.rejected')),
    })
  }
}

customElements.define('forum-moderation-page', ForumModerationPage)
route('/forum/moderation', () => html`<forum-moderation-page
  data-key="forum-moderation"></forum-moderation-page>`,
  { access: 'signedIn', title: 'forum.moderation' })
