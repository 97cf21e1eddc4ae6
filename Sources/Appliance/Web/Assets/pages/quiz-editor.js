import '../elements/quiz-import.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { alert } from '../elements/notices.js'
import { questionForm } from '../elements/quiz-question-form.js'
import { quizFiles } from '../elements/quiz-files.js'
import { initial, quizSettings, settingsBody, typedSettings } from '../elements/quiz-settings.js'
import { get, patch, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { KeptEdit } from '../lib/kept-edit.js'
import { Loader } from '../lib/loader.js'
import * as list from '../lib/quiz-drafts.js'
import { blank, bodyOf, copyOf, draftOf, errorsOf, losesInGift, option, restored } from '../lib/quiz.js'
import { go, route } from '../lib/router.js'
import { toast } from '../lib/toast.js'

/** Writes a quiz: its settings and its questions, saved together. What is not saved is kept in this tab. */
class QuizEditor extends ViewElement {
  #quiz = new Loader(this, signal => this.#fetch(signal))
  #drafts = []
  #errors = { questions: {}, fields: {} }
  #refusal = null
  #isDirty = false
  #isSending = false
  /** The settings and drafts as they were before the page was left, and when the quiz was last changed then. */
  #edit = null

  connected() {
    this.#edit = new KeptEdit(this.#place, () => this.#unsaved())
    for (const event of ['input', 'change']) this.listen(this, event, ({ target }) => {
      if (!target.closest('quiz-import')) this.#touched()
    })
    this.listen(window, 'pagehide', () => this.#edit.now())
    this.listen(this, 'file-sent', ({ target, detail }) => this.#pictured(target, detail.fileUrl))
    this.listen(this, 'quiz-imported', () => this.again())
    this.listen(window, 'beforeunload', event => { if (this.#isDirty) event.preventDefault() })
    this.again()
  }

  disconnected() { this.#edit?.now() }

  get #kept() { return this.#edit?.value ?? null }

  get #place() { return `quiz:${this.#id || `new:${this.getAttribute('course')}`}` }
  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/quizzes/${encodeURIComponent(this.#id)}` }

  async #fetch(signal) {
    if (this.#id) {
      const quiz = await get(this.#path, { signal })
      return { ...quiz, maxAttempts: quiz.allowRetries ? quiz.maxAttempts : 1 }
    }
    const course = await get(`/api/courses/${encodeURIComponent(this.getAttribute('course'))}`, { signal })
    return { ...initial, courseId: course.id, courseTitle: course.title }
  }

  async again() {
    this.#edit.open()
    await this.#quiz.load()
    const quiz = this.#quiz.value
    if (!quiz) return
    this.#drafts = this.#kept?.drafts.map(restored) ?? quiz.questions.map(draftOf)
    this.#isDirty = this.#kept !== null
    this.update()
  }

  /** Gives up what was kept. */
  discard() {
    this.#forget()
    // Its fields are made anew, with the values of the quiz.
    this.#quiz.set(null)
    this.draw()
    return this.again()
  }

  #forget() {
    this.#isDirty = false
    this.#edit.forget()
  }

  #unsaved() {
    const form = this.querySelector('.quiz-settings')
    if (!this.#isDirty || !form) return null
    const drafts = this.#drafts.map(draft => this.#withPicture(draft))
    return { settings: typedSettings(form), drafts, updatedAt: this.#base }
  }

  /** When the quiz that is edited was last changed. */
  get #base() { return this.#kept?.updatedAt ?? this.#quiz.value?.updatedAt }

  view() {
    return loadable(this.#quiz, quiz => this.#page(quiz), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'learn', title: t('quiz.gone'), isPage: true,
        action: html`<a class="button" href="/courses">${icon('back')}${t('course.title')}</a>`,
      }) : failure(error),
    })
  }

  #page(quiz) {
    const title = quiz.title || t('quiz.new')
    document.title = `${title} · OBox`
    return html`
      <a class="back" href="${this.#id ? `/quizzes/${this.#id}` : `/courses/${quiz.courseId}`}">
        ${icon('back')}
        ${this.#id ? quiz.title : quiz.courseTitle}</a>
      <header class="page-head"><div><h1>${t(this.#id ? 'quiz.edit' : 'quiz.new')}</h1><p class="lead">
        ${quiz.courseTitle}</p></div>
        <div class="head-actions">${this.#id && html`
          <button type="button" class="icon-button" data-key="delete" data-click="delete"
            title="${t('quiz.delete')}"
            aria-label="${t('quiz.delete')}">${icon('trash')}</button>`}
          ${this.#save('save')}</div></header>
      ${alert(this.#refusal)}
      ${this.#kept && html`<p class="quiz-kept" role="status">${t('quiz.restored')}
        <button type="button" class="button button-small" data-click="discard">
          ${t('quiz.discard')}</button></p>`}
      <div class="quiz-editor">
        ${quizSettings({ ...quiz, ...this.#kept?.settings }, this.#errors.fields)}
        <div class="quiz-sheet">${this.#drafts.map((draft, index) =>
          questionForm(draft, index, this.#drafts.length, this.#errors.questions[index]))}
          ${!this.#drafts.length && html`<p class="quiet">${t('quiz.noneYet')}</p>`}</div>
        <footer class="quiz-foot"><button type="button" class="button" data-click="add">
          ${icon('plus')}${t('quiz.addQuestion')}</button>
          ${this.#files(quiz)}<span class="row-actions">${this.#isDirty && html`<span
            class="quiet">${t('quiz.unsavedChanges')}</span>`}
          ${this.#save('save-below')}</span></footer></div>
      <quiz-import data-key="import"></quiz-import>`
  }

  #save(key) {
    return html`<button type="button" class="button button-primary" data-key="${key}" data-click="save"
      ?disabled=${this.#isSending}
      ?data-busy=${this.#isSending}>${icon('check')}${t('action.save')}</button>`
  }

  /** Import and export work on what is saved. */
  #files({ questionCount }) {
    if (!this.#id || this.#isDirty) return null
    return quizFiles(this.#path, { questionCount, isLossy: this.#drafts.some(losesInGift) })
  }

  #touched() {
    this.#edit.soon()
    if (this.#isDirty) return
    this.#isDirty = true
    this.update()
  }

  #edited(drafts) {
    this.#drafts = drafts
    this.#touched()
    this.update()
  }

  #change(key, values) { this.#edited(list.changed(this.#drafts, key, values)) }
  #changeOptions(key, change) { this.#edited(list.optionsChanged(this.#drafts, key, change)) }

  typed(_, { dataset, value }) { this.#change(dataset.question, { [dataset.field]: value }) }

  typedOption(_, { dataset, value }) {
    const { question, option: key, field } = dataset
    this.#edited(list.optionChanged(this.#drafts, question, key, { [field]: value }))
  }

  truth(_, { dataset, value }) { this.#change(dataset.question, { truth: value === '1' }) }
  retyped(_, { dataset, value }) { this.#change(dataset.question, { type: value }) }

  marked(_, { dataset, checked }) {
    this.#edited(list.marked(this.#drafts, dataset.question, dataset.option, checked))
  }

  addOption(_, { dataset }) {
    this.#changeOptions(dataset.question, options => [...options, option()])
    this.draw()
    this.querySelector(`[data-question="${dataset.question}"] li:last-child .input`)?.focus()
  }

  removeOption(_, { dataset: { question, option: key } }) {
    this.#changeOptions(question, options => list.without(options, key))
  }

  optionUp(_, { dataset }) { this.#moveOption(dataset, -1) }
  optionDown(_, { dataset }) { this.#moveOption(dataset, 1) }

  #moveOption({ question, option: key }, step) {
    this.#changeOptions(question, options => list.shifted(options, key, step))
  }

  #pictured(target, address) {
    const key = target.closest('.quiz-form')?.dataset.question
    if (key) this.#change(key, { imageUrl: address })
  }

  add() { this.#insert(this.#drafts.length, blank(this.#drafts.at(-1)?.type ?? 'single')) }

  duplicate(_, { dataset }) {
    const at = this.#drafts.findIndex(one => one.key === dataset.question)
    this.#insert(at + 1, copyOf(this.#withPicture(this.#drafts[at])))
  }

  #insert(at, draft) {
    this.#rearranged(list.inserted(this.#drafts, at, draft))
    this.draw()
    const form = this.querySelector(`[data-key="${draft.key}"]`)
    form.scrollIntoView({ block: 'center', behavior: 'smooth' })
    form.querySelector('textarea').focus({ preventScroll: true })
  }

  up(_, { dataset }) { this.#move(dataset.question, -1) }
  down(_, { dataset }) { this.#move(dataset.question, 1) }

  #move(key, step) {
    this.#rearranged(list.shifted(this.#drafts, key, step))
    this.draw()
    this.querySelector(`.quiz-form[data-question="${key}"] h2`)?.focus()
  }

  removeQuestion(_, { dataset }) {
    const before = this.#drafts
    this.#rearranged(list.without(before, dataset.question))
    toast(t('quiz.removed'), 'info', { undo: () => this.#edited(before) })
  }

  /** Errors are of places in the list. */
  #rearranged(drafts) {
    this.#errors = { ...this.#errors, questions: {} }
    this.#edited(drafts)
  }

  /** The picture that the field holds, which may have been removed. */
  #withPicture(draft) {
    const input = this.querySelector(`input[name="picture-${draft.key}"]`)
    return input ? { ...draft, imageUrl: input.value } : draft
  }

  get #body() {
    const settings = settingsBody(typedSettings(this.querySelector('.quiz-settings')))
    return { ...settings, questions: this.#drafts.map(draft => bodyOf(this.#withPicture(draft))) }
  }

  async save(event) {
    event.preventDefault()
    if (this.#isSending) return
    this.#isSending = true
    this.#refusal = null
    this.#errors = { questions: {}, fields: {} }
    this.draw()
    try {
      const { courseId } = this.#quiz.value
      const headers = { 'If-Match': `"${Date.parse(this.#base)}"` }
      const saved = this.#id ? await patch(this.#path, this.#body, { headers })
        : await post('/api/quizzes', { ...this.#body, courseId })
      this.#forget()
      toast(t('quiz.savedNow'), 'success')
      if (!this.#id) return go(`/quizzes/${saved.id}/edit`, { replace: true })
      this.#quiz.set(saved)
      this.#drafts = saved.questions.map(draftOf)
    } catch (error) {
      this.#refused(error)
    }
    this.#isSending = false
    this.update()
  }

  #refused(error) {
    this.#errors = errorsOf(error)
    this.#refusal = Object.keys(this.#errors.questions).length || Object.keys(this.#errors.fields).length ? null : error.message
    this.draw()
    const wrong = this.querySelector('[aria-invalid="true"], [data-wrong] .input, .alert')
    wrong?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    wrong?.focus({ preventScroll: true })
  }

  openImport() { this.querySelector('quiz-import').open(this.#path, this.#quiz.value.questionCount) }

  async delete() {
    const { title: name, courseId } = this.#quiz.value
    if (!await confirm({ title: t('tables.askDelete', { name }), text: t('quiz.askDeleteText'), yes: t('do.delete'), danger: true })) return
    try {
      await remove(this.#path)
      this.#forget()
      go(`/courses/${courseId}`)
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('quiz-editor', QuizEditor)
route(['/quizzes/:id/edit', '/courses/:course/quizzes/new'], ({ id = '', course = '' }) => html`
  <quiz-editor data-key="quiz-${id}-${course}" row="${id}" course="${course}"></quiz-editor>`,
  { access: 'manage_trainings', title: 'quiz.edit' })
