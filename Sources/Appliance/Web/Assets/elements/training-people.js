import { face } from './presence-list.js'
import { loadable, moreButton, skeletons, briefly } from './loadable.js'
import { patch, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { toast } from '../lib/toast.js'
import { trainingPath } from '../lib/trainings.js'

/**
 * Who takes part in a training: `training`; a change of `revision` reloads it. With `leads`, attendance and scores are
 * recorded here once it has started (`records`).
 */
class TrainingPeople extends ViewElement {
  static observedAttributes = ['revision', 'leads', 'records']
  #list = null

  connected() {
    this.#list = new PagedList(this.#path(), { changed: () => this.update() })
    this.#list.refresh()
  }

  attributeChangedCallback(name) {
    if (name === 'revision') this.#list?.refresh()
    this.update()
  }

  #path(person = '') { return trainingPath(this.getAttribute('training'), `/participants${person && `/${person}`}`) }

  view() {
    return html`
      <section class="card" aria-labelledby="people-title">
        <h2 id="people-title">${icon('people')}${t('training.people')}</h2>
        ${this.hasAttribute('leads') && !this.hasAttribute('records') && html`<p class="quiet">
          ${t('training.recordsLater')}</p>`}
        ${loadable(this.#list, rows => html`<ul class="training-people">
          ${rows.map(row => this.#row(row))}</ul>${moreButton(this.#list)}`, {
          waiting: skeletons('channel', 3), failed: briefly,
          empty: html`<p class="quiet">${t('training.nobody')}</p>`,
        })}
      </section>`
  }

  #row(row) {
    const { userId, userName, userDepartment, status, isWaiting, feedback } = row
    const leads = this.hasAttribute('leads')
    return html`
      <li data-key="part-${userId}">
        <button type="button" class="name-button training-who" data-person-card="${userId}">
          ${face({ id: userId, name: userName })}<span><strong>${userName}</strong>
          <small>${userDepartment}</small></span></button>
        ${isWaiting && html`<span class="tag">${t('training.my.waiting')}</span>`}
        ${!leads && status === 'completed' && html`<span class="tag tag-good">
          ${t('training.my.completed')}</span>`}
        ${leads && this.#record(row)}
        ${leads && html`<button type="button" class="icon-button" data-click="takeOff" data-id="${userId}"
          data-name="${userName}" aria-label="${t('training.takeOff', { name: userName })}"
          title="${t('training.takeOff', { name: userName })}">${icon('close')}</button>`}
        ${feedback && html`<p class="training-feedback">${feedback}</p>`}
      </li>`
  }

  #record({ userId, userName, status, attended, score }) {
    if (!this.hasAttribute('records')) return null
    const is = { present: status === 'completed', absent: attended === false }
    return html`
      <div class="switch-choices" role="group" aria-label="${t('training.attendanceOf', { name: userName })}">
        ${['present', 'absent'].map(word => html`<button type="button" data-click="attend"
          data-id="${userId}" data-word="${word}"
          aria-pressed="${is[word] ? 'true' : 'false'}">${t(`training.${word}`)}</button>`)}</div>
      <label class="training-score"><span>${t('training.score')}</span>
        <input class="input" inputmode="numeric" value="${score ?? ''}" data-change="mark" data-id="${userId}"
        aria-label="${t('training.scoreFor', { name: userName })}"></label>`
  }

  older() { this.#list.older() }

  async #change(person, body) {
    try { await patch(this.#path(person), body) } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
  }

  attend(_, { dataset: { id, word }, ariaPressed }) {
    const isTakenBack = ariaPressed === 'true'
    return this.#change(id, { attended: isTakenBack ? null : word === 'present' })
  }

  mark(_, input) {
    const text = input.value.trim()
    return this.#change(input.dataset.id, { score: text ? /^\d{1,3}$/.test(text) ? Number(text) : text : null })
  }

  async takeOff(_, { dataset: { id, name } }) {
    const question = { title: t('training.askTakeOff', { name }), text: t('training.askTakeOffText'), yes: t('training.doTakeOff') }
    if (!await confirm({ ...question, danger: true })) return
    try { await remove(this.#path(id)) } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
  }
}

customElements.define('training-people', TrainingPeople)
