import { post, put, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { openingTag, postPath, topicPath, topicTag } from '../lib/forum.js'
import { t } from '../lib/i18n.js'
import { go } from '../lib/router.js'
import { toast } from '../lib/toast.js'
import { showPictures } from './picture-viewer.js'

/**
 * What the buttons of a topic and of its posts do. A subclass has the `thread`, the id of the `topic`, `refresh()`,
 * `editing(id)` and the dialogs.
 */
export class ForumTopicActions extends ViewElement {
  /** The ids of the posts to be moved to a topic of their own; null unless some are being chosen. */
  chosen = null

  async doing(work, said) {
    try {
      await work()
      if (said) toast(said, 'success')
    } catch (error) { toast(error.message, 'error') }
    await this.refresh()
  }

  one(id) { return this.thread.posts.find(one => one.id === id) }

  /** As they are shown: what has changed meanwhile is not approved. */
  get #topicSeen() {
    return { headers: openingTag(this.thread.value, this.thread.posts.find(({ isFirstPost }) => isFirstPost)) }
  }
  #postSeen(id) { return { headers: topicTag(this.one(id)) } }

  quote(_, { dataset: { id } }) {
    const composer = this.querySelector('.forum-reply forum-composer')
    composer?.scrollIntoView({ block: 'center' })
    composer?.quote(this.one(id))
  }

  edit(_, { dataset: { id } }) { this.editing(id) }
  enlarge(_, { dataset: { file } }) { showPictures(this.thread.posts, file) }
  history(_, { dataset: { id } }) { this.querySelector('forum-history').open(id) }
  react(_, { dataset: { id, kind } }) { return this.doing(() => post(postPath(id, '/like'), { reactionType: kind })) }
  approve(_, { dataset: { id } }) {
    return this.doing(() => post(postPath(id, '/approve'), {}, this.#postSeen(id)), t('forum.approved'))
  }
  restorePost(_, { dataset: { id } }) { return this.doing(() => post(postPath(id, '/restore')), t('forum.restored')) }
  approveTopic() { return this.doing(() => post(topicPath(this.topic, '/approve'), {}, this.#topicSeen), t('forum.approved')) }
  restoreTopic() { return this.doing(() => post(topicPath(this.topic, '/restore')), t('forum.restored')) }
  reject(_, { dataset: { id } }) { this.#reject(postPath(id, '/reject'), this.#postSeen(id)) }
  rejectTopic() { this.#reject(topicPath(this.topic, '/reject'), this.#topicSeen) }
  seeSolution() { go(`/forum/posts/${encodeURIComponent(this.thread.value.solutionId)}`) }

  solve(_, { dataset: { id } }) {
    const postId = this.one(id)?.isSolution ? '' : id
    return this.doing(() => put(topicPath(this.topic, '/solution'), { postId }))
  }

  #reject(path, seen) {
    this.querySelector('reason-dialog').open({
      title: t('forum.rejectTitle'), text: t('forum.rejectText'), yes: t('forum.reject'), required: false,
      work: async reason => {
        await post(path, { reason }, seen)
        toast(t('forum.rejected'), 'success')
        this.refresh()
      },
    })
  }

  report(_, { dataset: { id } }) {
    this.querySelector('reason-dialog').open({
      title: t('forum.reportTitle'), text: t('forum.reportText'), yes: t('forum.report'), required: true,
      work: async reason => toast((await post(postPath(id, '/report'), { reason })).message, 'success'),
    })
  }

  follow() {
    const { isFollowed } = this.thread.value
    return this.doing(async () =>
      toast((await (isFollowed ? remove : post)(topicPath(this.topic, '/follow'))).message, 'success'))
  }

  editTopic() { this.querySelector('forum-topic-dialog').open({ topic: this.thread.value }) }
  mergeTopic() { this.querySelector('forum-merge-dialog').open(this.thread.value) }

  splitTopic() {
    this.chosen = new Set()
    this.update()
  }

  unpick() {
    this.chosen = null
    this.update()
  }

  pick(_, { checked, dataset: { id } }) {
    if (checked) this.chosen.add(id)
    else this.chosen.delete(id)
    this.update()
  }

  moveChosen() { this.querySelector('forum-split-dialog').open(this.thread.value, [...this.chosen]) }

  async removePost(_, { dataset: { id } }) {
    const question = { title: t('forum.askDeletePost'), text: t('forum.askDeleteText'), yes: t('do.delete'), danger: true }
    if (await confirm(question)) await this.doing(() => remove(postPath(id)))
  }

  async removeTopic() {
    const { title, categoryId } = this.thread.value
    const question = { title: t('forum.askDeleteTopic', { title }), text: t('forum.askDeleteText'), yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try {
      await remove(topicPath(this.topic))
      toast(t('forum.deletedTopic'), 'success')
      go(`/forum/categories/${encodeURIComponent(categoryId)}`)
    } catch (error) { toast(error.message, 'error') }
  }
}
