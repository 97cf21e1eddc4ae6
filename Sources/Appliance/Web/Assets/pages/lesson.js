import '../elements/lesson-list.js'
import '../elements/lesson-text.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { get, post } from '../lib/api.js'
import { isOutside, nextLesson, playerOf } from '../lib/courses.js'
import { ViewElement } from '../lib/element.js'
import { duration } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { LessonVisit } from '../lib/lesson-visit.js'
import { Loader } from '../lib/loader.js'
import { go, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** Less than this before the end, a video starts again from its beginning, in seconds. */
const nearEnd = 5

/** One lesson: its video, text and files, and the way through the course. */
class LessonPage extends ViewElement {
  #lesson = new Loader(this, signal => get(`${this.#path}/reading`, { signal }))
  #steps = new Loader(this, signal => get(`/api/courses/${this.#lesson.value.courseId}/my-progress`, { signal }))
  #visit = null

  connected() {
    this.listen(socket, 'TRAINING_UPDATE', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    // Neither bubbles.
    this.listen(this, 'loadedmetadata', ({ target }) => this.#resume(target), { capture: true })
    this.listen(this, 'pause', () => this.#visit?.say(), { capture: true })
    this.#visit = new LessonVisit(this.#path, () => this.#player)
    this.again()
  }

  disconnected() {
    this.#visit?.end()
    this.#visit = null
  }

  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/lessons/${encodeURIComponent(this.#id)}` }
  get #player() { return this.querySelector('.lesson-media :is(video, audio)') }

  async again() {
    await this.#lesson.load()
    if (!this.isConnected || !this.#lesson.value) return
    if (this.#lesson.value.isEnrolled) this.#visit.start()
    await this.#steps.load()
  }

  view() {
    return loadable(this.#lesson, lesson => this.#page(lesson, this.#steps.value ?? []), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('lesson.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  drawn() {
    const lesson = this.#lesson.value
    if (!lesson) return
    this.querySelector('lesson-text')?.show(lesson)
    this.querySelector('lesson-list')?.show(this.#steps.value ?? [], {
      course: lesson.courseId, current: lesson.id, isOpen: true, isAuthor: false,
    })
  }

  #page(lesson, steps) {
    document.title = `${lesson.title} · OBox`
    const at = steps.findIndex(({ lessonId }) => lessonId === lesson.id)
    const isEmpty = !lesson.content && !lesson.videoUrl && !lesson.documentUrl
    return html`
      <a class="back" href="/courses/${lesson.courseId}">${icon('back')}${lesson.courseTitle}</a>
      <header class="page-head"><div>
        ${at >= 0 && html`<p class="quiet">
          ${t('lesson.placeOf', { place: at + 1, count: steps.length })}</p>`}
        <h1>${lesson.title}</h1>
        ${lesson.description && html`<p class="lead">${lesson.description}</p>`}</div></header>
      <div class="document-page">
        <article class="document-main lesson-main">
          ${this.#media(lesson)}
          ${lesson.content && html`<lesson-text class="prose" data-key="text"></lesson-text>`}
          ${this.#document(lesson)}
          ${isEmpty && html`<p class="quiet">${t('lesson.empty')}</p>`}
          ${this.#foot(lesson, steps, at)}</article>
        <nav class="document-side card" aria-label="${t('lesson.title')}">
          <lesson-list data-key="lessons"></lesson-list></nav></div>`
  }

  #media({ videoUrl, files, title }) {
    if (!videoUrl) return null
    const kind = playerOf(files.find(({ fileUrl }) => fileUrl === videoUrl)?.type)
    const label = t('lesson.player', { name: title })
    if (kind === 'video') return html`<div class="lesson-media" data-key="media">
      <video src="${videoUrl}" controls preload="metadata" aria-label="${label}"></video></div>`
    if (kind === 'audio') return html`<div class="lesson-media" data-key="media">
      <audio src="${videoUrl}" controls preload="metadata" aria-label="${label}"></audio></div>`
    return html`<p data-key="media"><a class="button" href="${videoUrl}" ${isOutside(videoUrl)
      && html`target="_blank" rel="noopener noreferrer"`}>${icon('play')}${t('lesson.watch')}</a></p>`
  }

  #document({ documentUrl, files }) {
    if (!documentUrl) return null
    const name = files.find(({ fileUrl }) => fileUrl === documentUrl)?.fileName ?? t('lesson.document')
    return html`<p data-key="document"><a class="button" href="${documentUrl}" ${isOutside(documentUrl)
      ? html`target="_blank" rel="noopener noreferrer"` : html`download`}>${icon('download')}${name}</a></p>`
  }

  #foot({ isEnrolled, completedAt }, steps, at) {
    const [before, after] = [steps[at - 1], steps[at + 1]]
    return html`<footer class="lesson-foot" data-key="foot">
      ${before && html`<a class="button" data-key="before" href="/lessons/${before.lessonId}">
        ${icon('back')}${t('lesson.previous')}</a>`}
      ${isEnrolled && !completedAt && at >= 0 ? html`<button type="button" class="button button-primary"
          data-key="complete" data-click="complete">${icon('check')}
          ${t(after ? 'lesson.completeNext' : 'lesson.complete')}</button>`
        : html`${completedAt && html`<span class="lesson-done" data-key="done">${icon('check')}
          ${t('lesson.isDone')}</span>`}${after && html`<a class="button button-primary" data-key="after"
          href="/lessons/${after.lessonId}">${t('lesson.next')}${icon('next')}</a>`}`}
    </footer>`
  }

  /** Goes on in a video or sound where it was left. */
  #resume(target) {
    const { position } = this.#lesson.value
    if (target !== this.#player || !position || position > target.duration - nearEnd || target.currentTime > 0) return
    target.currentTime = position
    toast(t('lesson.resumed', { at: duration(position * 1000) }))
  }

  async complete() {
    const { id, courseId } = this.#lesson.value
    try {
      const { enrollment } = await post(`${this.#path}/complete`)
      const isOver = enrollment.status === 'completed'
      const next = nextLesson(this.#steps.value.filter(({ lessonId }) => lessonId !== id), null)
      const after = this.#steps.value[this.#steps.value.findIndex(({ lessonId }) => lessonId === id) + 1] ?? next
      if (isOver && !after) toast(t('course.done'), 'success')
      go(after ? `/lessons/${after.lessonId}` : `/courses/${courseId}`)
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('lesson-page', LessonPage)
route('/lessons/:id', ({ id }) => html`<lesson-page data-key="lesson-${id}" row="${id}"></lesson-page>`,
  { access: 'signedIn', title: 'lesson.one' })
