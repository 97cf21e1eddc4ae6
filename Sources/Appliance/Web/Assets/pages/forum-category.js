import '../elements/forum-topic-dialog.js'
import '../elements/forum-topics.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { get, post, remove } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** One category of the forum and its topics. */
class ForumCategoryPage extends ViewElement {
  #id = place.get().parameters.id
  #category = new Loader(this, signal => get(this.#path, { signal }))

  connected() {
    this.listen(this, 'topic-saved', ({ detail }) => this.#opened(detail))
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  get #path() { return `/api/forum/categories/${encodeURIComponent(this.#id)}` }
  again() { this.#category.load({ keep: false }) }

  view() {
    return loadable(this.#category, category => this.#page(category), {
      waiting: html`${skeletons('title')}${skeletons('row', 3)}`,
      failed: ({ status, message }) => emptyState({
        icon: status === 404 ? 'forum' : 'warning', isPage: true,
        title: status === 404 ? t('forum.goneCategory') : t('error.load'), text: status === 404 ? null : message,
        action: html`<a class="button" href="/forum">${icon('back')}${t('forum.title')}</a>`,
      }),
    })
  }

  #page({ name, description, icon: sign, moderatorIds, isFollowed }) {
    document.title = `${name} · OBox`
    const { user } = session.get()
    const moderates = isAdmin() || user?.role === 'moderator' || moderatorIds.includes(String(user?.id))
    return html`
      <a class="back" href="/forum">${icon('back')}${t('forum.title')}</a>
      <header class="page-head"><div><h1>${sign} ${name}</h1><p class="lead">${description}</p></div>
        <div class="head-actions"><button type="button" class="button" data-click="follow"
          title="${t('forum.followCategory')}" aria-pressed="${isFollowed ? 'true' : 'false'}">
          ${icon('bell')}${t(isFollowed ? 'forum.followed' : 'forum.follow')}</button>
          <button type="button" class="button button-primary" data-click="create">
          ${icon('plus')}${t('forum.new')}</button></div></header>
      <forum-topics data-key="topics" category="${this.#id}" ?moderated=${moderates}></forum-topics>
      <forum-topic-dialog data-key="dialog"></forum-topic-dialog>`
  }

  create() { this.querySelector('forum-topic-dialog').open({ category: this.#id }) }

  async follow() {
    const { isFollowed } = this.#category.value
    try {
      const { message } = await (isFollowed ? remove : post)(`${this.#path}/follow`)
      toast(message, 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#category.load()
  }

  #opened({ id, status }) {
    toast(t(status === 'pending' ? 'forum.waits' : 'forum.opened'), 'success')
    go(`/forum/topics/${encodeURIComponent(id)}`)
  }
}

customElements.define('forum-category-page', ForumCategoryPage)
route('/forum/categories/:id', ({ id }) => html`<forum-category-page
  data-key="forum-category-${id}"></forum-category-page>`,
  { access: 'signedIn', title: 'forum.title' })
