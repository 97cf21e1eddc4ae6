import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { postPath } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, place, route } from '../lib/router.js'

/** Leads from the address of a post to its place in its topic. */
class ForumPostPage extends ViewElement {
  #id = place.get().parameters.id
  #post = new Loader(this, signal => get(postPath(`item/${encodeURIComponent(this.#id)}`), { signal }))

  async connected() {
    await this.again()
    const { value } = this.#post
    if (value && this.isConnected) go(`/forum/topics/${value.topicId}?post=${value.id}`, { replace: true })
  }

  again() { return this.#post.load() }

  view() {
    return loadable(this.#post, () => skeletons('row', 3), {
      failed: ({ status, message }) => emptyState({
        icon: 'forum', isPage: true, title: status === 404 ? t('forum.gone') : t('error.load'),
        text: status === 404 ? null : message,
        action: html`<a class="button" href="/forum">${icon('back')}${t('forum.title')}</a>`,
      }),
    })
  }
}

customElements.define('forum-post-page', ForumPostPage)
route('/forum/posts/:id', ({ id }) => html`<forum-post-page data-key="forum-post-${id}"></forum-post-page>`,
  { access: 'signedIn', title: 'forum.title' })
