import '../elements/form-field.js'
import '../elements/quiz-import.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { alert } from '../elements/notices.js'
import { questionForm } from '../elements/quiz-question-form.js'
import { get, patch, post, remove } from '../lib/api.js'
import { moved } from '../lib/courses.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { blank, bodyOf, copyOf, draftOf, errorsOf, numberOf, option } from '../lib/quiz.js'
import { go, route } from '../lib/router.js'
import { toast } from '../lib/toast.js'

const initial = {
  title: '', description: '', passingScore: 70, timeLimit: null, maxAttempts: 3, allowRetries: true, isRequired: true,
  shuffles: false, pool: null, negative: 0, questions: [],
}
const flags = ['isRequired', 'shuffles']
const numbers = ['passingScore', 'timeLimit', 'maxAttempts', 'pool', 'negative']

/** Writes a quiz: its settings and its questions, saved together. */
class QuizEditor extends ViewElement {
  #quiz = new Loader(this, signal => this.#fetch(signal))
  #drafts = []
  #errors = { questions: {}, fields: {} }
  #refusal = null
  #isDirty = false
  #isSending = false

  connected() {
    this.listen(this, 'input', () => this.#touched())
    this.listen(this, 'change', () => this.#touched())
    this.listen(this, 'file-sent', ({ target, detail }) => this.#pictured(target, detail.fileUrl))
    this.listen(this, 'quiz-imported', () => this.again())
    this.listen(window, 'beforeunload', event => { if (this.#isDirty) event.preventDefault() })
    this.again()
  }

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
    await this.#quiz.load()
    const quiz = this.#quiz.value
    if (!quiz) return
    this.#drafts = quiz.questions.map(draftOf)
    this.#isDirty = false
    this.update()
  }

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
      <div class="quiz-editor">
        ${this.#settings(quiz)}
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
    return html`<button type="button" class="button" data-click="openImport">
      ${icon('up')}${t('quiz.import')}</button>
      ${questionCount > 0 && html`<a class="button" href="${this.#path}/export.gift" download
        title="${t('quiz.exportHint')}">
        ${icon('download')}${t('quiz.exportGift')}</a>
        <a class="button" href="${this.#path}/export.csv" download>
          ${icon('download')}${t('quiz.exportCsv')}</a>`}`
  }

  #settings(quiz) {
    const errors = this.#errors.fields
    const field = (name, words, { hint = null, type = null, mode = 'numeric', optional = true } = {}) =>
      html`<form-field
      data-key="${name}" name="${name}" label="${t(words)}" value="${quiz[name] ?? ''}"
        error="${errors[name]}"
      ${hint && html`hint="${t(hint)}"`} ${type && html`type="${type}"`} ${mode &&
        html`inputmode="${mode}"`} prose ?optional=${optional}></form-field>`
    const flag = (name, words) => html`<label class="check"><input type="checkbox" name="${name}"
      ?checked=${quiz[name]}>
      <span>${t(words)}</span></label>`
    return html`<form class="card quiz-settings" data-key="settings" data-submit="save" novalidate
      aria-labelledby="settings-title">
      <h2 id="settings-title">${t('quiz.settings')}</h2>
      ${field('title', 'quiz.name', { mode: null, optional: false })}${field('description', 'quiz.description', { type: 'area', mode: null })}
      <div class="quiz-row">${field('passingScore', 'quiz.passingScore', { optional: false })}
        ${field('maxAttempts', 'quiz.maxAttempts', { optional: false })}</div>
      <div class="quiz-row">${field('timeLimit', 'quiz.timeLimit', { hint: 'quiz.timeLimitHint' })}
        ${field('pool', 'quiz.pool', { hint: 'quiz.poolHint' })}</div>
      ${field('negative', 'quiz.penalty', { optional: false })}
      ${flag('isRequired', 'quiz.required')}${flag('shuffles', 'quiz.shuffles')}</form>`
  }

  #touched() {
    if (this.#isDirty) return
    this.#isDirty = true
    this.update()
  }

  #draft(key) { return this.#drafts.find(one => one.key === key) }

  #change(key, values) {
    this.#drafts = this.#drafts.map(one => one.key === key ? { ...one, ...values } : one)
    this.#touched()
    this.update()
  }

  #changeOption(key, wanted, values) {
    this.#change(key, { options: this.#draft(key).options.map(one => one.key === wanted ? { ...one, ...values } : one) })
  }

  typed(_, { dataset, value }) { this.#change(dataset.question, { [dataset.field]: value }) }
  typedOption(_, { dataset, value }) { this.#changeOption(dataset.question, dataset.option, { [dataset.field]: value }) }
  truth(_, { dataset, value }) { this.#change(dataset.question, { truth: value === '1' }) }
  retyped(_, { dataset, value }) { this.#change(dataset.question, { type: value }) }

  marked(_, { dataset, checked }) {
    const { type, options } = this.#draft(dataset.question)
    this.#change(dataset.question, {
      options: options.map(one => ({ ...one, isRight: one.key === dataset.option ? checked : type === 'multiple' && one.isRight })),
    })
  }

  addOption(_, { dataset }) {
    const { options } = this.#draft(dataset.question)
    this.#change(dataset.question, { options: [...options, option()] })
    this.draw()
    this.querySelector(`[data-question="${dataset.question}"] li:last-child .input`)?.focus()
  }

  removeOption(_, { dataset }) {
    const { options } = this.#draft(dataset.question)
    this.#change(dataset.question, { options: options.filter(one => one.key !== dataset.option) })
  }

  optionUp(_, { dataset }) { this.#moveOption(dataset, -1) }
  optionDown(_, { dataset }) { this.#moveOption(dataset, 1) }

  #moveOption({ question, option: key }, step) {
    const { options } = this.#draft(question)
    const from = options.findIndex(one => one.key === key)
    this.#change(question, { options: moved(options, from, from + step) })
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
    this.#drafts = [...this.#drafts.slice(0, at), draft, ...this.#drafts.slice(at)]
    this.#errors = { ...this.#errors, questions: {} }
    this.#touched()
    this.draw()
    const form = this.querySelector(`[data-key="${draft.key}"]`)
    form.scrollIntoView({ block: 'center', behavior: 'smooth' })
    form.querySelector('textarea').focus({ preventScroll: true })
  }

  up(_, { dataset }) { this.#move(dataset.question, -1) }
  down(_, { dataset }) { this.#move(dataset.question, 1) }

  #move(key, step) {
    const from = this.#drafts.findIndex(one => one.key === key)
    this.#drafts = moved(this.#drafts, from, from + step)
    this.#errors = { ...this.#errors, questions: {} }
    this.#touched()
    this.draw()
    this.querySelector(`.quiz-form[data-question="${key}"] h2`)?.focus()
  }

  removeQuestion(_, { dataset }) {
    const before = this.#drafts
    this.#drafts = before.filter(one => one.key !== dataset.question)
    this.#errors = { ...this.#errors, questions: {} }
    this.#touched()
    this.update()
    toast(t('quiz.removed'), 'info', { undo: () => { this.#drafts = before; this.update() } })
  }

  /** The picture that the field holds, which may have been removed. */
  #withPicture(draft) {
    const input = this.querySelector(`input[name="picture-${draft.key}"]`)
    return input ? { ...draft, imageUrl: input.value } : draft
  }

  get #body() {
    const data = new FormData(this.querySelector('.quiz-settings'))
    const body = { title: String(data.get('title')).trim(), description: String(data.get('description')).trim() }
    for (const name of numbers) {
      const text = String(data.get(name)).trim()
      body[name] = text ? numberOf(text) ?? text : initial[name]
    }
    for (const name of flags) body[name] = data.has(name)
    return { ...body, allowRetries: true, questions: this.#drafts.map(draft => bodyOf(this.#withPicture(draft))) }
  }

  async save(event) {
    event.preventDefault()
    if (this.#isSending) return
    this.#isSending = true
    this.#refusal = null
    this.#errors = { questions: {}, fields: {} }
    this.draw()
    try {
      const { courseId, updatedAt } = this.#quiz.value
      const saved = this.#id ? await patch(this.#path, this.#body, { headers: { 'If-Match': `"${Date.parse(updatedAt)}"` } })
        : await post('/api/quizzes', { ...this.#body, courseId })
      this.#isDirty = false
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
      this.#isDirty = false
      go(`/courses/${courseId}`)
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('quiz-editor', QuizEditor)
route(['/quizzes/:id/edit', '/courses/:course/quizzes/new'], ({ id = '', course = '' }) => html`
  <quiz-editor data-key="quiz-${id}-${course}" row="${id}" course="${course}"></quiz-editor>`,
  { access: 'manage_trainings', title: 'quiz.edit' })
