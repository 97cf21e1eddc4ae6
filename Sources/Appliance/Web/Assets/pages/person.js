import '../elements/job-progress.js'
import '../elements/person-form.js'
import '../elements/quota-form.js'
import '../elements/rights-card.js'
import '../elements/sessions-card.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { face } from '../elements/presence-list.js'
import { get, patch, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { jobs, applyAnswer } from '../lib/live.js'
import { Loader } from '../lib/loader.js'
import { hindrance, nameOf, roleOf } from '../lib/people.js'
import { isHere, presence } from '../lib/presence.js'
import { go, place, route } from '../lib/router.js'
import { isAdmin, session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** A person's account, permissions, quota and sessions, for those who may manage users. */
class PersonPage extends ViewElement {
  #id = place.get().parameters.id
  #person = new Loader(this, async signal => this.#merged(await get(this.#path, { signal })))
  #job = null

  connected() {
    this.watch(presence)
    this.watch(jobs, () => this.#followed())
    this.listen(this, 'person-changed', ({ detail }) => this.#person.set(this.#merged(detail)))
    this.#person.load()
  }

  get #path() { return `/api/admin/users/${encodeURIComponent(this.#id)}` }

  /** The person with the fields of an answer, which may be partial. */
  #merged(answer) {
    const { user, ...person } = answer ?? {}
    return { ...this.#person.value, ...user, ...person }
  }

  view() {
    return loadable(this.#person, person => this.#page(person), {
      waiting: html`${skeletons('title')}${skeletons('card')}`, failed: error => this.#failed(error),
    })
  }

  #page(person) {
    document.title = `${nameOf(person)} · OBox`
    const stop = hindrance(person)
    const here = isHere(this.#id)
    return html`
      <a class="back" href="/people">${icon('back')}${t('people.title')}</a>
      <header class="page-head person-head">
        <div class="person-who">${face(person)}<div><h1>${nameOf(person)}</h1>
          <p class="lead"><span class="dot" ?data-live=${here}></span>${here ? t('people.isHere')
            : person.lastSeen ? html`${t('person.lastHere')} <time-ago
              moment="${person.lastSeen}"></time-ago>` : t('people.neverSeen')}
            ${stop && html`<span class="tag ${stop === 'pending' ? ''
              : 'tag-quiet'}">${t(`people.${stop}`)}</span>`}</p></div></div>
        ${stop === 'pending' && html`<button class="button button-primary" data-key="approve"
          data-click="approve">${icon('check')}${t('person.approve')}</button>`}
      </header>
      ${this.#job && html`<job-progress data-key="job-${this.#job}" job="${this.#job}"></job-progress>`}
      ${!this.#isLeaving && html`<div class="cards" data-key="cards">
        <div class="column" data-key="left">
          <person-form data-key="form" person="${JSON.stringify(person)}"></person-form>
          ${isAdmin() && html`<sessions-card data-key="sessions" user="${this.#id}"></sessions-card>`}
        </div>
        <div class="column" data-key="right">
          ${isAdmin() && roleOf(person) !== 'admin'
            && html`<rights-card data-key="rights" person="${this.#id}"></rights-card>`}
          ${isAdmin() && html`<quota-form data-key="quota" person="${this.#id}"></quota-form>`}
          ${this.#actions(person, stop)}
        </div>
      </div>`}`
  }

  /** Whether the account is being deleted: then nothing else is shown. A failed deletion changes nothing. */
  get #isLeaving() { return this.#job && jobs.get().byId[this.#job]?.status !== 'failed' }

  #actions(person, stop) {
    const self = String(session.get().user?.id) === String(this.#id)
    const row = (action, sign, words, wary = false) => html`
      <div class="end-row" data-key="end-${action}"><p>${t(`person.${action}Text`)}</p>
        <button class="button ${wary && 'button-wary'}" data-click="${action}">${icon(sign)}${words}</button>
        </div>`
    return html`
      <section class="card card-end" data-key="actions" aria-labelledby="person-actions">
        <h2 id="person-actions">${t('person.access')}</h2>
        ${person.email && stop !== 'inactive' && (person.isInvited ? row('invite', 'mail', t('person.invite'))
          : row('reset', 'key', t('person.reset')))}
        ${self ? html`<p class="quiet">${t('person.self')}</p>` : html`
          ${stop === 'inactive' ? row('activate', 'play', t('person.activate'))
            : row('deactivate', 'pause', t('person.deactivate'), true)}
          ${row('delete', 'trash', t('do.delete'), true)}`}
      </section>`
  }

  #failed({ status, message }) {
    const missing = status === 404
    return emptyState({
      icon: missing ? 'user' : 'warning', title: missing ? t('person.notFound') : t('error.load'), text: missing ? null : message, isPage: true,
      action: html`<a class="button" href="/people">${icon('back')}${t('people.title')}</a>`,
    })
  }

  async #doing(work, message) {
    try {
      const answer = await work()
      if (message) toast(message, 'success')
      await this.#person.load()
      this.querySelector('sessions-card')?.refresh()
      return answer
    } catch (error) { toast(error.message, 'error') }
  }

  get #names() { return { name: nameOf(this.#person.value), email: this.#person.value.email } }

  approve() { return this.#doing(() => post(`${this.#path}/approve`), t('person.approved', this.#names)) }
  invite() { return this.#doing(() => post(`${this.#path}/invite`), t('person.mailed', this.#names)) }
  reset() { return this.#doing(() => post(`${this.#path}/reset-password`), t('person.mailed', this.#names)) }
  activate() { return this.#doing(() => patch(this.#path, { isActive: true }), t('person.activated', this.#names)) }

  async deactivate() {
    const yes = await confirm({ title: t('person.askDeactivate', this.#names), text: t('person.deactivateText'), yes: t('person.deactivate'), danger: true })
    if (yes) await this.#doing(() => patch(this.#path, { isActive: false }), t('person.deactivated', this.#names))
  }

  async delete() {
    const { vmCount = 0 } = this.#person.value
    const text = `${vmCount > 0 ? t('person.deleteMachines', { count: vmCount }) : ''} ${t('person.deleteRest')}`.trim()
    if (!await confirm({ title: t('person.askDelete', this.#names), text, yes: t('do.delete'), danger: true })) return
    try {
      const { job } = await remove(this.#path)
      applyAnswer({ job })
      this.#job = job?.id ?? null
      if (!this.#job) this.#gone()
      this.update()
    } catch (error) { toast(error.message, 'error') }
  }

  #followed() {
    if (this.#job && jobs.get().byId[this.#job]?.status === 'succeeded') this.#gone()
    this.update()
  }

  #gone() {
    this.#job = null
    toast(t('person.deleted', this.#names), 'success')
    go('/people', { replace: true })
  }
}

customElements.define('person-page', PersonPage)
route('/people/:id', ({ id }) => html`<person-page data-key="person-${id}"></person-page>`,
  { access: 'manage_users', title: 'people.title' })
