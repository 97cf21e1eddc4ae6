import '../elements/bin-dialog.js'
import '../elements/lesson-list.js'
import '../elements/table-dialog.js'
import { certificateButton } from '../elements/certificate-parts.js'
import { courseFacts, courseMarks, courseProgress } from '../elements/course-card.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { quizList } from '../elements/quiz-list.js'
import { get, patch, post, remove } from '../lib/api.js'
import { courseGroups, lessonGroups, minutesOf, nextLesson, right } from '../lib/courses.js'
import { confirm } from '../lib/dialogs.js'
import { download } from '../lib/download.js'
import { ViewElement } from '../lib/element.js'
import { date, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { renewCourse } from '../lib/course-renewal.js'
import { notifications } from '../lib/notifications.js'
import { go, route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'
import { describe } from '../lib/tables.js'
import { toast } from '../lib/toast.js'

/** One course: its lessons, how far the reader is, and the tools of its authors. */
class CoursePage extends ViewElement {
  #course = new Loader(this, signal => this.#fetch(signal))
  #isExporting = false

  connected() {
    for (const event of ['row-saved', 'lessons-moved']) this.listen(this, event, () => this.again())
    this.listen(this, 'edit-lesson', ({ detail }) => this.#editLesson(detail))
    this.listen(this, 'delete-lesson', ({ detail }) => this.#deleteLesson(detail))
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(socket, 'TRAINING_UPDATE', () => this.again())
    this.#course.load().then(() => this.#seen())
  }

  /** Marks the notifications about it as read. */
  #seen() {
    if (this.#course.value && notifications.get().unread > 0)
      post(`${this.#path}/seen`).catch(() => { /* it stays unread */ })
  }

  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/courses/${encodeURIComponent(this.#id)}` }

  async #fetch(signal) {
    const [row, steps, [enrollment], quizzes, [certificate]] = await Promise.all([
      get(this.#path, { signal }), get(`${this.#path}/my-progress`, { signal }),
      get(`/api/my-enrollments?courseId=${encodeURIComponent(this.#id)}`, { signal }),
      get(`/api/quizzes?outline=1&courseId=${encodeURIComponent(this.#id)}`, { signal }),
      get(`/api/my-certificates?limit=1&courseId=${encodeURIComponent(this.#id)}`, { signal }),
    ])
    const missing = row.enrollmentId ? [] : await Promise.all(
      row.missingPrerequisites.map(id => get(`/api/courses/${id}`, { signal }).catch(() => null)))
    return { row, steps, quizzes, enrollment: enrollment ?? null, certificate, missing: missing.filter(Boolean) }
  }

  view() {
    return loadable(this.#course, course => this.#page(course), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('course.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  drawn() {
    const course = this.#course.value
    if (course) this.querySelector('lesson-list')?.show(course.steps, {
      course: this.#id, isOpen: Boolean(course.enrollment) || can(right), isAuthor: can(right),
    })
  }

  #page({ row, steps, quizzes, enrollment, certificate, missing }) {
    document.title = `${row.title} · OBox`
    const minutes = minutesOf(row, steps)
    const facts = [...courseFacts(row), minutes > 0 && t('course.minutes', { count: minutes }), t('course.by', { name: row.authorName }),
      row.isMandatory && row.dueDate && t('course.due', { day: date(row.dueDate) })]
    return html`
      <a class="back" href="/courses">${icon('back')}${t('course.title')}</a>
      <header class="page-head"><div><p class="course-marks">${courseMarks(row)}</p><h1>${row.title}</h1>
        <p class="lead">${facts.filter(Boolean).join(' · ')}</p></div>
        <div class="head-actions">${this.#forward(row, steps, enrollment, quizzes)}
          ${can(right) && this.#tools(row)}</div>
      </header>
      <div class="document-page">
        <div class="document-main">
          ${row.description && html`<p class="document-text">${row.description}</p>`}
          ${this.#lessons(steps, enrollment)}${this.#quizzes(quizzes, enrollment)}</div>
        <div class="document-side">${this.#missing(missing)}
          ${this.#mine(row, enrollment, certificate)}</div></div>
      <table-dialog data-key="dialog"></table-dialog><bin-dialog data-key="bin"></bin-dialog>`
  }

  /** The one thing that a learner does next. */
  #forward({ isPublished, missingPrerequisites }, steps, enrollment, quizzes) {
    if (!enrollment) return isPublished && !missingPrerequisites.length && html`<button type="button"
      class="button button-primary" data-key="enroll" data-click="enroll">
        ${icon('plus')}${t('course.enroll')}</button>`
    const lesson = nextLesson(steps, enrollment.lastLessonId)
    const quiz = [...quizzes].reverse().find(one => one.isRequired && one.questionCount > 0 && !one.isPassed)
    const next = lesson ?? (quiz ? null : steps[0])
    if (!next && !quiz) return null
    const words = enrollment.status === 'completed' ? 'course.again' : enrollment.startedAt ? 'course.continue' : 'course.start'
    return html`<a class="button button-primary" data-key="forward"
      href="${next ? `/lessons/${next.lessonId}` : `/quizzes/${quiz.id}`}">
      ${icon('play')}${t(words)}</a>`
  }

  #tools({ isPublished }) {
    const button = (method, sign, words) => html`<button type="button" class="icon-button"
      data-key="${method}" data-click="${method}" title="${t(words)}" aria-label="${t(words)}"
      ?data-busy=${method === 'export' && this.#isExporting}>${icon(sign)}</button>`
    return html`
      <a class="button" href="/courses/${this.#id}/learners">${icon('people')}${t('teach.learners')}</a>
      <button type="button" class="button" data-key="publish" data-click="publish">
        ${t(isPublished ? 'course.unpublish' : 'course.publish')}</button>
      ${button('export', 'download', 'course.exportHint')}
      ${button('edit', 'edit', 'action.edit')}${button('delete', 'trash', 'do.delete')}`
  }

  #lessons(steps, enrollment) {
    return html`<section class="card" aria-labelledby="lessons-title">
      <header class="card-head"><h2 id="lessons-title">${t('lesson.title')}</h2>
        ${can(right) && html`<span class="row-actions"><button type="button" class="icon-button"
          data-click="bin" title="${t('bin.title')}" aria-label="${t('bin.title')}">
          ${icon('archive')}</button>
          <button type="button" class="button button-small" data-click="addLesson">
            ${icon('plus')}${t('lesson.new')}</button></span>`}</header>
      ${steps.length ? html`<lesson-list data-key="lessons"></lesson-list>`
        : html`<p class="quiet">${t(can(right) ? 'lesson.noneAuthor' : 'lesson.none')}</p>`}
      ${steps.length > 0 && !enrollment && !can(right) && html`<p class="quiet">
        ${t('course.enrollFirst')}</p>`}
    </section>`
  }

  #quizzes(quizzes, enrollment) {
    const list = quizList(quizzes, { isOpen: Boolean(enrollment), isAuthor: can(right) })
    return (list || can(right)) && html`<section class="card" aria-labelledby="quizzes-title">
      <header class="card-head"><h2 id="quizzes-title">${t('quiz.title')}</h2>
        ${can(right) && html`<span class="row-actions"><button type="button" class="icon-button"
          data-click="quizBin" title="${t('bin.title')}" aria-label="${t('bin.title')} · ${t('quiz.title')}">
            ${icon('archive')}</button>
          <a class="button button-small" href="/courses/${this.#id}/quizzes/new">
            ${icon('plus')}${t('quiz.new')}</a></span>`}</header>
      ${list || html`<p class="quiet">${t('quiz.noneAuthor')}</p>`}</section>`
  }

  #missing(courses) {
    return courses.length > 0 && html`<section class="card" aria-labelledby="missing-title">
      <h2 id="missing-title">${icon('lock')}${t('course.missing')}</h2>
      <ul class="home-list">${courses.map(({ id, title }) => html`<li><a href="/courses/${id}">
        ${icon('learn')}<span>${title}</span></a></li>`)}</ul></section>`
  }

  #mine(row, enrollment, certificate) {
    if (!enrollment) return null
    const { progress, completedLessons: done, lessonCount: count, timeSpent, completedAt } = enrollment
    return html`<section class="card" aria-label="${t('course.progress', { name: row.title })}">
      ${completedAt ? html`<p class="course-done">${icon('check')}
          ${t('course.doneOn', { date: date(completedAt) })}</p>`
        : courseProgress(row, t('course.progressOf', { progress: percent(progress), done, count }))}
      ${timeSpent > 0 && html`<p class="quiet">${t('course.timeSpent', { count: timeSpent })}</p>`}
      <div class="certificate-actions">${certificateButton(certificate)}
        ${certificate?.mayRenew && html`<button type="button" class="button" data-key="renew"
          data-click="renew">${icon('reboot')}${t('cert.renew')}</button>`}</div></section>`
  }

  again() { this.#course.load() }
  bin() { this.querySelector('bin-dialog').open('/api/lessons') }
  quizBin() { this.querySelector('bin-dialog').open('/api/quizzes') }

  enroll() { return this.#try(() => post(`/api/enroll/${encodeURIComponent(this.#id)}`), 'course.enrolled') }

  async renew() {
    if (await renewCourse(this.#id, this.#course.value.certificate?.status)) this.again()
  }

  async publish() {
    const { isPublished, title } = this.#course.value.row
    if (isPublished && !await confirm({ title: t('course.askUnpublish', { name: title }), text: t('course.askUnpublishText'), yes: t('course.unpublish') }))
      return
    await this.#try(() => patch(this.#path, { isPublished: !isPublished }), isPublished ? 'course.unpublished' : 'course.published')
  }

  /** The archive may take a while to be made. */
  async export() {
    if (this.#isExporting) return
    this.#isExporting = true
    this.update()
    const { title: name } = this.#course.value.row
    await this.#try(() => download(`${this.#path}/export`, `${name}.zip`))
    this.#isExporting = false
    this.update()
  }

  async edit() {
    const table = await describe('courses', courseGroups)
    const others = await get('/api/courses?limit=500')
    const rows = others.filter(({ id }) => id !== this.#id).map(({ id, title }) => ({ id, name: title }))
    if (table) this.#open(table, ({ name }) => name === 'prerequisites' ? { rows, none: t('course.noOthers') } : {},
      'course.saved', this.#course.value.row)
  }

  addLesson() { return this.#lesson(null) }
  async #editLesson(id) {
    try { await this.#lesson(await get(`/api/lessons/${encodeURIComponent(id)}`)) } catch (error) { toast(error.message, 'error') }
  }

  async #lesson(row) {
    const table = await describe('lessons', lessonGroups, {}, { content: 'lesson.markdownHint' })
    if (!table) return
    this.#open({ ...table, fixed: { courseId: this.#id } }, ({ name }) => name === 'content' ? { kind: 'markdown' } : {}, 'lesson.saved', row)
  }

  #open(table, changes, said, row) {
    const columns = table.columns.map(column => ({ ...column, ...changes(column) }))
    this.querySelector('table-dialog')?.open({ ...table, columns, said: () => t(said) }, row)
  }

  async #deleteLesson(id) {
    const { title: name } = this.#course.value.steps.find(({ lessonId }) => lessonId === id)
    if (await confirm({ title: t('tables.askDelete', { name }), text: t('lesson.askDeleteText'), yes: t('do.delete'), danger: true }))
      await this.#try(() => remove(`/api/lessons/${encodeURIComponent(id)}`))
  }

  async delete() {
    const name = this.#course.value.row.title
    if (!await confirm({ title: t('tables.askDelete', { name }), text: t('course.askDeleteText'), yes: t('do.delete'), danger: true })) return
    if (await this.#try(() => remove(this.#path))) go('/courses')
  }

  async #try(work, said) {
    let isDone = false
    try {
      await work()
      isDone = true
      if (said) toast(t(said), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.again()
    return isDone
  }
}

customElements.define('course-page', CoursePage)
route('/courses/:id', ({ id }) => html`<course-page data-key="course-${id}" row="${id}"></course-page>`,
  { access: 'signedIn', title: 'course.title' })
