import { ViewElement } from '../lib/element.js'
import { announce } from '../lib/announcer.js'
import { post } from '../lib/api.js'
import { moved } from '../lib/courses.js'
import { confirm } from '../lib/dialogs.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { QuizSaving } from '../lib/quiz-saving.js'
import { clockOf, isAnswered, sent, toggled } from '../lib/quiz.js'
import { go } from '../lib/router.js'
import { toast } from '../lib/toast.js'
import { questionToAnswer } from './quiz-question.js'

/** Announced when that many minutes are left. */
const warnings = [5, 1]
const isTyping = target => target.closest?.('input:not([type=radio], [type=checkbox]), textarea, select')

/**
 * An open attempt: `begin(sheet)`. All questions stand on a wide page, one at a time on a phone. Answers are saved as they
 * are given; when the time is over, they are handed in.
 */
class QuizSitting extends ViewElement {
  #sheet = null
  #answers = []
  #current = 0
  #saving = null
  #end = null
  #warned = 0
  #isSending = false

  connected() {
    this.listen(document, 'keydown', event => this.#key(event))
    this.listen(document, 'visibilitychange', () => { if (document.hidden) this.#saving?.flush() })
    this.listen(window, 'pagehide', () => this.#saving?.flush())
    this.listen(this, 'focusin', ({ target }) => this.#at(target))
    this.every(500, () => this.#tick())
  }

  disconnected() { this.#saving?.flush() }

  begin(sheet) {
    if (this.#sheet) return
    this.#sheet = sheet
    this.#answers = sheet.questions.map(({ answer }) => answer)
    this.#end = sheet.secondsLeft === null ? null : performance.now() + sheet.secondsLeft * 1000
    this.#warned = sheet.secondsLeft === null ? 0 : sheet.secondsLeft / 60
    this.#saving = new QuizSaving(sheet.quizId, sheet.id, {
      answersOf: () => this.#sent, changed: () => this.update(), refused: error => this.#over(error),
    })
    this.draw()
    this.querySelector('h1')?.focus()
  }

  get #sent() { return this.#sheet.questions.map((question, index) => sent(question, this.#answers[index])) }
  get #open() { return this.#sent.flatMap((answer, index) => isAnswered(answer) ? [] : [index]) }

  view() {
    if (!this.#sheet) return html``
    const { questions, quizTitle } = this.#sheet
    document.title = `${quizTitle} · OBox`
    const done = questions.length - this.#open.length
    return html`
      <header class="quiz-head" data-key="head"><h1 tabindex="-1">${quizTitle}</h1>
        <p class="quiz-status"><span>${t('quiz.answered', { done, count: questions.length })}</span>
          <span class="quiet" role="status">
            ${t(`quiz.${this.#saving.state}`)}</span></p>
        ${this.#end !== null && html`<p class="quiz-clock" ?data-short=${this.#left < 60} role="timer"
          aria-label="${t('quiz.timeLeft')}">${icon('clock')}<span>${clockOf(this.#left)}</span></p>`}
        <progress max="${questions.length}" value="${done}"
          aria-label="${t('quiz.answered', { done, count: questions.length })}"></progress>
      </header>
      <div class="quiz-sheet" data-key="sheet">
        ${questions.map((one, index) => questionToAnswer(
          one, index, questions.length, this.#answers[index], index === this.#current))}</div>
      <footer class="quiz-foot" data-key="foot">
        <nav class="quiz-steps" aria-label="${t('quiz.questions')}">
          ${questions.map((_, index) => this.#step(index))}</nav>
        <p class="quiet quiz-keys">${t('quiz.keys')}</p>
        <span class="row-actions">
          <button type="button" class="button quiz-narrow" data-click="previous" ?disabled=${!this.#current}>
            ${icon('back')}${t('quiz.previous')}</button>
          <button type="button" class="button quiz-narrow" data-click="next"
            ?disabled=${this.#current === questions.length - 1}>
            ${t('quiz.next')}${icon('next')}</button>
          <button type="button" class="button button-primary" data-key="hand-in" data-click="handIn"
            ?disabled=${this.#isSending} ?data-busy=${this.#isSending}>
              ${icon('check')}${t('quiz.handIn')}</button></span>
      </footer>`
  }

  #step(index) {
    const isDone = isAnswered(this.#answers[index])
    return html`<button type="button" data-key="step-${index}" data-click="goTo" data-index="${index}"
      ?data-done=${isDone}
      ${index === this.#current && html`aria-current="step"`}
        aria-label="${[t('quiz.goTo', { number: index + 1 }),
        isDone && t('quiz.isAnswered')].filter(Boolean).join(', ')}">${index + 1}</button>`
  }

  get #left() { return this.#end === null ? null : (this.#end - performance.now()) / 1000 }

  #tick() {
    if (this.#end === null || this.#isSending) return
    const minutes = this.#left / 60
    const due = warnings.find(one => minutes <= one && this.#warned > one)
    if (due) announce(t('quiz.minutesLeft', { count: due }))
    this.#warned = Math.min(this.#warned, minutes)
    if (this.#left <= 0) this.#send()
    this.update()
  }

  #answer(index, answer) {
    this.#answers[index] = answer
    this.#current = index
    this.#saving.touched()
    this.update()
  }

  choose(_, { dataset, value }) {
    const [index, place] = [Number(dataset.index), Number(value)]
    const { type } = this.#sheet.questions[index]
    this.#answer(index, type === 'multiple' ? toggled(this.#answers[index], place) : type === 'boolean' ? place === 0 : place)
  }

  type(_, { dataset, value }) { this.#answer(Number(dataset.index), value) }

  pair(_, { dataset, value }) {
    const index = Number(dataset.index)
    const pairs = [...this.#answers[index] ?? this.#sheet.questions[index].options.map(() => null)]
    pairs[Number(dataset.place)] = value === '' ? null : Number(value)
    this.#answer(index, pairs)
  }

  async move(_, { dataset }) {
    const [index, at, step] = [dataset.index, dataset.at, dataset.step].map(Number)
    const order = this.#answers[index] ?? this.#sheet.questions[index].options.map((_one, place) => place)
    this.#answer(index, moved(order, at, at + step))
    this.draw()
    const wanted = step < 0 ? [-1, 1] : [1, -1]
    wanted.map(one => this.querySelector(`[data-click=move][data-index="${index}"][data-at="${at + step}"][data-step="${one}"]:not([disabled])`))
      .find(Boolean)?.focus()
  }

  /** Number keys choose an option of the current question. */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return
    if (!/^[1-9]$/.test(event.key) || document.querySelector('dialog[open]')) return
    const input = this.querySelector(`[name="answer-${this.#current}"][value="${Number(event.key) - 1}"]`)
    if (!input) return
    event.preventDefault()
    input.focus()
    input.click()
  }

  #at(target) {
    const index = target.closest?.('.quiz-question')?.dataset.index
    if (index === undefined || Number(index) === this.#current) return
    this.#current = Number(index)
    this.update()
  }

  goTo(_, { dataset }) { this.#show(Number(dataset.index)) }
  previous() { this.#show(this.#current - 1) }
  next() { this.#show(this.#current + 1) }

  #show(index) {
    this.#current = Math.min(Math.max(0, index), this.#answers.length - 1)
    this.draw()
    const question = this.querySelector(`#question-${this.#current + 1}`)
    question.scrollIntoView({ block: 'start', behavior: 'smooth' })
    question.querySelector('input, select, button')?.focus({ preventScroll: true })
  }

  async handIn() {
    const open = this.#open
    const text = [open.length && t('quiz.askOpenText', { count: open.length }), t('quiz.askHandInText')].filter(Boolean).join(' ')
    if (!await confirm({ title: t('quiz.askHandIn'), text, yes: t('quiz.handIn') })) return
    await this.#send()
  }

  async #send() {
    if (this.#isSending) return
    this.#isSending = true
    this.update()
    try {
      const { id, quizId } = await post(`/api/quizzes/${encodeURIComponent(this.#sheet.quizId)}/attempts`, {
        answers: this.#sent, attemptId: this.#sheet.id,
      })
      this.#saving.end()
      go(`/quizzes/${quizId}/attempts/${id}`, { replace: true })
    } catch (error) {
      this.#over(error)
    }
    this.#isSending = false
    this.update()
  }

  /** The server takes no more: the attempt ended by its time or on another device. */
  #over(error) {
    toast(error.message, error.code === 'TIME_OVER' ? 'info' : 'error')
    if (error.status !== 409) return
    this.#saving.end()
    go(`/quizzes/${this.#sheet.quizId}/attempts/${this.#sheet.id}`, { replace: true })
  }
}

customElements.define('quiz-sitting', QuizSitting)
