import { ViewElement } from '../lib/element.js'
import { announce } from '../lib/announcer.js'
import { put } from '../lib/api.js'
import { moved } from '../lib/courses.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { toast } from '../lib/toast.js'

/**
 * The lessons of a course in order: `show(steps, { course, current, isOpen, isAuthor })`. Authors move them by dragging
 * or with buttons; "edit-lesson" and "delete-lesson" say which one is meant, "lessons-moved" that the order was saved.
 */
class LessonList extends ViewElement {
  #steps = []
  #about = {}
  #dragged = null
  #before = []

  connected() {
    for (const type of ['dragstart', 'dragover', 'drop', 'dragend']) this.listen(this, type, event => this.#drag(event))
  }

  show(steps, about) {
    this.#steps = steps
    this.#about = about
    this.update()
  }

  view() {
    return html`<ol class="lessons" aria-label="${t('lesson.title')}">
      ${this.#steps.map((step, index) => this.#row(step, index))}</ol>`
  }

  #row(step, index) {
    const { current, isOpen, isAuthor } = this.#about
    const sign = step.isCompleted ? 'check' : isOpen ? 'play' : 'lock'
    const state = t(step.isCompleted ? 'lesson.isDone' : isOpen ? 'lesson.open' : 'lesson.locked')
    const about = [
      step.duration > 0 && t('course.minutes', { count: step.duration }), !step.isRequired && t('lesson.optional'),
    ].filter(Boolean).join(' · ')
    const name = html`<span class="lesson-number" ?data-done=${step.isCompleted}>${icon(sign)}
        <span class="visually-hidden">${state}</span></span>
      <span class="lesson-name"><strong>${step.title}</strong>${about
        && html`<small>${about}</small>`}</span>`
    return html`<li class="lesson-row" data-key="lesson-${step.lessonId}" data-id="${step.lessonId}"
      ?data-dragged=${this.#dragged === step.lessonId} ${isAuthor && html`draggable="true"`}>
      ${isOpen ? html`<a href="/lessons/${step.lessonId}" draggable="false" ${current === step.lessonId
        && html`aria-current="page"`}>${name}</a>` : html`<div>${name}</div>`}
      ${isAuthor && this.#tools(step, index)}</li>`
  }

  #tools({ lessonId, title }, index) {
    const button = (method, sign, words, isOff = false) => html`<button type="button" class="icon-button"
      data-click="${method}" data-id="${lessonId}" ?disabled=${isOff} title="${t(words, { name: title })}"
      aria-label="${t(words, { name: title })}">${icon(sign)}</button>`
    return html`<span class="row-actions">
      ${button('up', 'up', 'lesson.up', !index)}
      ${button('down', 'down', 'lesson.down', index === this.#steps.length - 1)}
      ${button('edit', 'edit', 'lesson.edit')}${button('delete', 'trash', 'lesson.delete')}</span>`
  }

  #place(id) { return this.#steps.findIndex(({ lessonId }) => lessonId === id) }

  /** While dragging, the rows stand as they will be; they are saved when the row is dropped. */
  #drag(event) {
    if (!this.#about.isAuthor) return
    const over = event.target.closest?.('.lesson-row')?.dataset.id
    if (event.type === 'dragstart' && over) {
      this.#dragged = over
      event.dataTransfer.effectAllowed = 'move'
      event.dataTransfer.setData('text/plain', over)
      this.#before = this.#steps
    } else if (event.type === 'dragover' && this.#dragged) {
      event.preventDefault()
      if (over && over !== this.#dragged)
        this.#steps = moved(this.#steps, this.#place(this.#dragged), this.#place(over))
    } else if (event.type === 'drop' && this.#dragged) {
      event.preventDefault()
      const id = this.#dragged
      this.#dragged = null
      this.#save(id)
    } else if (event.type === 'dragend' && this.#dragged) {
      this.#dragged = null
      this.#steps = this.#before
    }
    this.update()
  }

  up(_, { dataset: { id } }) { this.#move(id, -1) }
  down(_, { dataset: { id } }) { this.#move(id, 1) }

  async #move(id, step) {
    const from = this.#place(id)
    this.#steps = moved(this.#steps, from, from + step)
    this.draw()
    await this.#save(id)
    const wanted = step < 0 ? ['up', 'down'] : ['down', 'up']
    wanted.map(method => this.querySelector(`[data-click="${method}"][data-id="${id}"]:not([disabled])`))
      .find(Boolean)?.focus()
  }

  async #save(id) {
    const steps = this.#steps
    try {
      await put(`/api/courses/${encodeURIComponent(this.#about.course)}/lessons/order`, { lessonIds: steps.map(({ lessonId }) => lessonId) })
      const place = this.#place(id)
      announce(t('lesson.moved', { name: steps[place].title, place: place + 1, count: steps.length }))
    } catch (error) { toast(error.message, 'error') }
    this.#tell('lessons-moved')
  }

  edit(_, { dataset: { id } }) { this.#tell('edit-lesson', id) }
  delete(_, { dataset: { id } }) { this.#tell('delete-lesson', id) }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail })) }
}

customElements.define('lesson-list', LessonList)
