import '../elements/forum-composer.js'
import '../elements/forum-history.js'
import '../elements/forum-merge-dialog.js'
import '../elements/forum-split-dialog.js'
import '../elements/forum-topic-dialog.js'
import '../elements/reason-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { forumPost } from '../elements/forum-post.js'
import { ForumTopicActions } from '../elements/forum-topic-actions.js'
import { splitBar } from '../elements/forum-signs.js'
import { topicHead } from '../elements/forum-topic-head.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { post } from '../lib/api.js'
import { moveDraft } from '../lib/drafts.js'
import { ForumThread, topicPath } from '../lib/forum.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { go, place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** A topic with its posts, opened at the first unread one, or at the post that the address names. */
class ForumTopicPage extends ForumTopicActions {
  topic = place.get().parameters.id
  thread = new ForumThread(this.topic, () => this.update())
  #edited = null

  async connected() {
    this.listen(socket, 'FORUM_UPDATE', ({ detail }) => { if (String(detail?.topicId) === this.topic) this.refresh() })
    this.listen(socket, 'catch-up', () => this.refresh())
    this.listen(this, 'forum-written', ({ detail }) => this.#written(detail))
    this.listen(this, 'forum-left', () => this.editing(null))
    this.listen(this, 'topic-saved', () => {
      toast(t('forum.saved'), 'success')
      this.refresh()
    })
    this.listen(this, 'topic-moved', ({ detail }) => {
      toast(detail.said, 'success')
      this.unpick()
      go(`/forum/topics/${encodeURIComponent(detail.topic.id)}`)
    })
    this.listen(document, 'visibilitychange', () => this.#read())
    await this.#open(place.get().query.get('post'))
  }

  async again() { await this.#open(null) }

  async #open(target) {
    await this.thread.open(target)
    if (this.#lead(target)) return
    const at = target ?? this.thread.posts.find(({ number }) => number === this.thread.firstUnread)?.id
    const isFirst = String(at) === String(this.thread.posts.find(one => one.isFirstPost)?.id)
    this.#read()
    if (at && !isFirst) requestAnimationFrame(() => this.#show(at))
  }

  async refresh() {
    await this.thread.refresh()
    if (!this.#lead(null)) this.#read()
  }

  /** Goes to the topic that this one was merged into, with what was being written. */
  #lead(target) {
    const id = this.thread.value?.id
    if (!id || id === this.topic || !this.isConnected) return false
    moveDraft(`forum-topic-${this.topic}`, `forum-topic-${id}`)
    go(`/forum/topics/${encodeURIComponent(id)}${target ? `?post=${encodeURIComponent(target)}` : ''}`, { replace: true })
    return true
  }

  #show(id) {
    const found = this.querySelector(`#post-${CSS.escape(id)}`)
    found?.scrollIntoView({ block: 'start' })
    found?.focus({ preventScroll: true })
  }

  /** Marks what is shown as read, while it can be seen. The answer is not shown: the line above what is new stays. */
  async #read() {
    const { value: topic, posts } = this.thread
    if (!topic || document.hidden || !this.isConnected) return
    const number = posts.at(-1)?.number ?? 0
    if (this.#marked >= number && this.#marked > 0) return
    this.#marked = number
    try { await post(topicPath(this.topic, '/read'), { number }) } catch { this.#marked = 0 }
  }
  #marked = 0

  view() {
    return loadable(this.thread, topic => this.#page(topic), {
      waiting: html`${skeletons('title')}${skeletons('row', 3)}`,
      failed: ({ status, message }) => emptyState({
        icon: status === 404 ? 'forum' : 'warning', isPage: true,
        title: status === 404 ? t('forum.gone') : t('error.load'), text: status === 404 ? null : message,
        action: html`<a class="button" href="/forum">${icon('back')}${t('forum.title')}</a>`,
      }),
    })
  }

  #page(topic) {
    const { title, categoryId, categoryName, may } = topic
    document.title = `${title} · OBox`
    return html`
      <a class="back" href="/forum/categories/${encodeURIComponent(categoryId)}">
        ${icon('back')}${categoryName}</a>
      ${topicHead(topic)}
      ${this.#posts(topic)}
      ${this.chosen && splitBar(this.chosen.size)}
      ${may.includes('reply') ? html`<section class="card forum-reply" aria-labelledby="forum-reply"><h2
          id="forum-reply">${t('forum.yourReply')}</h2>
          <forum-composer data-key="composer" topic="${this.topic}"></forum-composer></section>`
        : topic.isLocked && html`<p class="quiet forum-locked">${icon('lock')}${t('forum.lockedText')}</p>`}
      <forum-topic-dialog data-key="dialog"></forum-topic-dialog>
      <reason-dialog data-key="reason"></reason-dialog><forum-history data-key="history"></forum-history>
      <forum-merge-dialog data-key="merge"></forum-merge-dialog>
      <forum-split-dialog data-key="split"></forum-split-dialog>`
  }

  #posts() {
    const { posts, hasEarlier, hasLater, busy, firstUnread } = this.thread
    const more = (key, words) => html`<div class="more"><button type="button" class="button"
      data-click="${key}" data-key="${key}" ?data-busy=${busy}>${t(words)}</button></div>`
    const isNew = (one, index) => (index > 0 || hasEarlier) && one.number === firstUnread
    return html`
      ${hasEarlier && more('earlier', 'forum.earlier')}
      <ol class="forum-posts">${posts.map((one, index) => html`
        ${isNew(one, index) && html`<li class="forum-new-line" data-key="new">${t('forum.newFrom')}</li>`}
        ${forumPost(one, { isEdited: this.#edited === one.id, isChosen: this.chosen?.has(one.id) })}`)}</ol>
      ${hasLater && more('later', 'forum.later')}`
  }

  earlier() { this.thread.earlier() }

  async later() {
    await this.thread.later()
    this.#read()
  }

  editing(id) {
    this.#edited = id
    this.draw()
    const composer = id && this.querySelector(`forum-composer[post="${CSS.escape(id)}"]`)
    if (!composer) return
    composer.files = this.one(id).files
    requestAnimationFrame(() => composer.focus())
  }

  async #written(written) {
    const isEdit = this.#edited === written.id
    this.editing(null)
    if (!isEdit) toast(t(written.status === 'pending' ? 'forum.replyWaits' : 'forum.replied'), 'success')
    // A reply is at the end, which may not be loaded yet.
    if (!isEdit && this.thread.hasLater) return this.#open(written.id)
    await this.refresh()
    if (!isEdit) requestAnimationFrame(() => this.#show(written.id))
  }

}

customElements.define('forum-topic-page', ForumTopicPage)
route('/forum/topics/:id', ({ id }) => html`<forum-topic-page
  data-key="forum-topic-${id}-${place.get().query.get('post')}"></forum-topic-page>`,
  { access: 'signedIn', title: 'forum.title' })
