import '../elements/forum-topic-dialog.js'
import '../elements/forum-topics.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { get, post } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The categories of the forum, and the topics that were active last. */
class ForumPage extends ViewElement {
  #categories = new Loader(this, signal => get('/api/forum/categories?limit=500', { signal }))
  #waiting = new Loader(this, signal => get('/api/forum/moderation/counts', { signal }))

  connected() {
    this.listen(this, 'topic-saved', ({ detail }) => this.#opened(detail))
    this.listen(socket, 'FORUM_UPDATE', ({ detail }) => { if (detail?.verb !== 'react') this.again() })
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
    if (place.get().query.has('new')) requestAnimationFrame(() => {
      go('/forum', { replace: true })
      this.create()
    })
  }

  again() {
    this.#categories.load()
    this.#waiting.load()
  }

  view() {
    const hasAny = this.#categories.value?.length > 0
    return html`
      <header class="page-head"><div><h1>${t('forum.title')}</h1><p class="lead">${t('forum.lead')}</p></div>
        <div class="head-actions">${this.#moderation()}${isAdmin() && hasAny && html`<a class="button"
          href="/tables/forum-categories">${icon('settings')}${t('forum.manage')}</a>`}
          ${hasAny && html`<button type="button" class="button button-primary" data-click="create">
          ${icon('plus')}${t('forum.new')}</button>`}</div></header>
      ${loadable(this.#categories, rows => this.#all(rows), { waiting: skeletons('row', 3), empty: this.#none() })}
      <forum-topic-dialog data-key="dialog"></forum-topic-dialog>`
  }

  #moderation() {
    const { value } = this.#waiting
    if (!value?.moderates) return null
    const count = value.topics + value.posts + value.reports
    return html`<a class="button" href="/forum/moderation">${icon('shield')}${t('forum.moderation')}
      ${count > 0 && html`<span class="tag">${count}</span>`}</a>`
  }

  #none() {
    return emptyState({
      icon: 'forum', title: t('forum.noCategories'),
      text: t(isAdmin() ? 'forum.noCategoriesAdmin' : 'forum.noCategoriesText'),
      action: isAdmin() && html`<a class="button button-primary" href="/tables/forum-categories">
        ${icon('plus')}${t('forum.addCategory')}</a>`,
    })
  }

  #all(rows) {
    return html`
      <section aria-labelledby="forum-categories"><h2 class="visually-hidden" id="forum-categories">
        ${t('forum.categories')}</h2>
        <ul class="forum-categories">${rows.map(row => this.#category(row))}</ul></section>
      <section class="forum-recent" aria-labelledby="forum-recent"><header class="forum-section-head">
        <h2 id="forum-recent">${t('forum.recent')}</h2>
        ${rows.some(({ hasUnread }) => hasUnread) && html`<button type="button" class="button button-small"
          data-click="readAll">${icon('check')}${t('forum.readAll')}</button>`}</header>
        <forum-topics data-key="topics"
          ?moderated=${this.#waiting.value?.moderates && session.get().user?.role !== 'employee'}>
          </forum-topics></section>`
  }

  #category({ id, name, description, icon: sign, topicCount, postCount, lastTopicId, lastTopicTitle, lastPostAt, hasUnread }) {
    return html`
      <li class="forum-category" data-key="category-${id}" ?data-unread=${hasUnread}>
        <span class="announcement-sign" aria-hidden="true">${sign}</span>
        <div><h3><a href="/forum/categories/${encodeURIComponent(id)}">${name}</a>
          ${hasUnread && html`<span class="forum-dot"><span class="visually-hidden">
            ${t('forum.unread')}</span></span>`}</h3>
          <p>${description}</p>
          <p class="quiet">${t('forum.topicCount', { count: topicCount })} ·
            ${t('forum.postCount', { count: postCount })}</p></div>
        ${lastTopicId && html`<p class="forum-last"><small>${t('forum.lastTopic')}</small>
          <a href="/forum/topics/${encodeURIComponent(lastTopicId)}">${lastTopicTitle}</a>
          <time-ago moment="${lastPostAt ?? ''}"></time-ago></p>`}
      </li>`
  }

  create() { this.querySelector('forum-topic-dialog').open() }

  #opened({ id, status }) {
    toast(t(status === 'pending' ? 'forum.waits' : 'forum.opened'), 'success')
    go(`/forum/topics/${encodeURIComponent(id)}`)
  }

  async readAll() {
    try { await post('/api/forum/read-all') } catch (error) { toast(error.message, 'error') }
    this.again()
    this.querySelector('forum-topics')?.again()
  }
}

customElements.define('forum-page', ForumPage)
route('/forum', () => html`<forum-page data-key="forum"></forum-page>`,
  { access: 'signedIn', title: 'forum.title' })
