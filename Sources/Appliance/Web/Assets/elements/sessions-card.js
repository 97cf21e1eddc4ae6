import './time-ago.js'
import { get, patch, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { presence } from '../lib/presence.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { briefly, loadable, skeletons } from './loadable.js'

const askEvery = 20_000

/** The sessions of the user, or (attribute `user`) of another person, for administrators. */
class SessionsCard extends ViewElement {
  #list = new Loader(this, signal => {
    const query = this.#user ? `?userId=${encodeURIComponent(this.#user)}` : ''
    return get(this.#path + query, { signal })
  })
  #renaming = false

  connected() {
    this.listen(socket, 'catch-up', () => this.refresh())
    this.watch(presence, () => this.refresh())
    this.every(askEvery, () => { if (document.visibilityState === 'visible') this.refresh() })
    this.refresh()
  }

  get #user() { return this.getAttribute('user') }

  get #path() { return this.#user ? '/api/admin/sessions' : '/api/sessions' }

  refresh() { return this.#list.load() }

  view() {
    const others = this.#list.value?.filter(({ current }) => !current) ?? []
    return html`
      <section class="card" aria-labelledby="sessions-title">
        <h2 id="sessions-title">${t(this.#user ? 'sessions.ofPerson' : 'sessions.title')}</h2>
        ${this.#body()}
        ${!this.#user && others.length > 0
          && html`<div class="form-actions">
            <button class="button button-wary" data-key="all" data-click="endOthers">
              ${icon('out')}${t('sessions.endOthers')}</button></div>`}
      </section>`
  }

  #body() {
    return loadable(this.#list, list => html`<ul class="lines">${list.map(one => this.#line(one))}</ul>`, {
      waiting: skeletons('row'), failed: briefly, empty: html`<p class="quiet">${t('sessions.none')}</p>`,
    })
  }

  #line({ id, current, live, phone, address, since, lastSeen, workstation }) {
    const name = workstation?.name || t('takeover.unnamed')
    return html`
      <li class="line-item" data-key="session-${id}" data-session="${id}" ?data-current=${current}>
        <span class="dot" ?data-live=${live || current}
          title="${t(live || current ? 'sessions.live' : 'sessions.away')}"></span>
        <div class="line-text">
          ${current && this.#renaming ? this.#rename(name)
            : html`<p><strong>${name}</strong> ${phone
            && html`<span class="tag tag-plain">${t('sessions.phone')}</span>`}
            ${current && !this.#user && html`<span class="tag tag-good">${t('sessions.this')}</span><button
              class="icon-button icon-small" data-click="rename" title="${t('sessions.rename')}"
              aria-label="${t('sessions.rename')}">${icon('edit')}</button>`}</p>`}
          <p class="quiet">${address} · ${t('sessions.since')} <time-ago data-key="since"
            moment="${since}"></time-ago>${!live && !current
              && html` · ${t('sessions.seen')} <time-ago data-key="seen"
                moment="${lastSeen}"></time-ago>`}</p>
        </div>
        ${(!current || this.#user)
          && html`<button class="button button-small" data-click="end" data-id="${id}" data-name="${name}">
            ${t('sessions.end')}</button>`}
      </li>`
  }

  #rename(name) {
    return html`
      <form class="inline-form" data-key="rename" data-submit="saveName" novalidate>
        <input class="input" id="workstation-name" name="name" value="${name}" maxlength="60"
          aria-label="${t('sessions.name')}" autocomplete="off">
        <button class="button button-small button-primary">${t('action.save')}</button>
        <button type="button" class="button button-small" data-click="keepName">${t('action.cancel')}</button>
      </form>`
  }

  rename() {
    this.#renaming = true
    this.draw()
    this.querySelector('#workstation-name').select()
  }

  keepName() {
    this.#renaming = false
    this.update()
  }

  async saveName(event, form) {
    event.preventDefault()
    const name = form.elements.name.value.trim()
    if (!name) return
    await this.#doing(async () => { await patch('/api/workstation', { name }); this.#renaming = false })
  }

  async end(_, { dataset: { id, name } }) {
    const yes = await confirm({ title: t('sessions.askEnd', { name }), text: t('sessions.askEndText'), yes: t('sessions.end'), danger: true })
    if (yes) await this.#doing(() => remove(`${this.#path}/${encodeURIComponent(id)}`))
  }

  async endOthers() {
    const yes = await confirm({ title: t('sessions.askOthers'), text: t('sessions.askEndText'), yes: t('sessions.endOthers'), danger: true })
    if (yes) await this.#doing(() => remove('/api/sessions'))
  }

  async #doing(work) {
    try { await work() } catch (error) { toast(error.message, 'error') }
    await this.refresh()
  }
}

customElements.define('sessions-card', SessionsCard)
