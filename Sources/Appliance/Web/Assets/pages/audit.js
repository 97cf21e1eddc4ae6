import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { auditNote } from '../lib/audit-notes.js'
import { moment, number } from '../lib/format.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'

const actions = [
  'sign_in', 'sign_in_refused', 'sign_out', 'takeover', 'session_ended', 'register', 'verify_email', 'password_changed',
  'password_reset_requested', 'password_reset', 'token_created', 'token_deleted', 'totp_enabled', 'totp_disabled',
  'user_created', 'user_invited', 'user_approved', 'user_changed', 'role_changed', 'user_deactivated', 'user_activated',
  'user_deleted', 'permission_granted', 'permission_revoked', 'category_changed', 'quota_changed', 'channel_created', 'channel_changed',
  'channel_members', 'channel_deleted', 'channel_exported', 'machine_created', 'machine_deleted',
  'console_opened', 'console_watched', 'console_closed',
  'resource_created', 'resource_changed', 'resource_deleted', 'resource_restored', 'course_exported', 'course_imported',
  'system_settings_changed', 'backup_requested', 'backup_deleted', 'demo_reset', 'demo_removed', 'setup',
]

/** The audit log: who did what, when and from where. */
class AuditPage extends ViewElement {
  #list = new PagedList('/api/admin/audit', { changed: () => this.update() })

  connected() {
    this.listen(socket, 'catch-up', () => this.#list.refresh())
    this.#list.refresh()
  }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('audit.title')}</h1><p class="lead">${t('audit.lead')}</p></div>
        <a class="button" data-key="csv" href="/api/admin/audit.csv${this.#list.query}"
          download="obox-audit.csv">${icon('download')}${t('audit.csv')}</a></header>
      ${peopleTabs()}
      ${this.#filters()}
      ${this.#body()}`
  }

  #filters() {
    return html`
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}
          <input class="input" type="search" id="audit-search" name="q" data-input="searched"
            aria-label="${t('audit.search')}" placeholder="${t('audit.search')}" autocomplete="off"
            spellcheck="false"></div>
        <select class="input" name="action" data-change="chosen" aria-label="${t('audit.action')}">
          <option value="">${t('audit.everyAction')}</option>
          ${actions.map(action => html`<option value="${action}">${actionName(action)}</option>`)}</select>
        <label class="date"><span>${t('audit.from')}</span><input class="input" type="date" name="from"
          data-change="day"></label>
        <label class="date"><span>${t('audit.to')}</span><input class="input" type="date" name="to"
          data-change="day"></label>
        <button class="icon-button" type="button" data-click="again" title="${t('audit.refresh')}"
          aria-label="${t('audit.refresh')}">${icon('reboot')}</button>
      </form>`
  }

  #body() {
    return loadable(this.#list, rows => this.#table(rows), {
      waiting: skeletons('row', 4),
      empty: emptyState({
        icon: 'list', title: t('audit.none'),
        action: this.#list.query && html`<button class="button" data-click="clear">
          ${t('people.clear')}</button>`,
      }),
    })
  }

  #table(rows) {
    return html`
      <section class="card card-table"><table class="table audit"><thead><tr>
        ${['when', 'who', 'what', 'about', 'address'].map(column => html`<th scope="col">
          ${t(`audit.${column}`)}</th>`)}</tr></thead>
        <tbody>${rows.map(row => this.#line(row))}</tbody></table></section>
      ${moreButton(this.#list)}`
  }

  #line({ id, at, lastAt, count, mixed, actor, action, subject, address, outcome, code, details }) {
    const self = actor && subject?.type === 'user' && String(subject.id) === String(actor.id)
    const note = [auditNote(action, code, details), mixed && t('audit.mixed')].filter(Boolean).join(' · ')
    const refused = outcome === 'refused' && !action.endsWith('_refused')
    return html`
      <tr data-key="audit-${id}" data-outcome="${outcome}">
        <td data-label="${t('audit.when')}" >
          <time datetime="${at}">${moment(at)}</time><small>${lastAt
            ? html`${t('audit.last')} ${moment(lastAt)}` : html`<time-ago moment="${at}"></time-ago>`}</small>
            </td>
        <td data-label="${t('audit.who')}">
          ${actor?.id ? html`<a href="/people/${encodeURIComponent(actor.id)}">${actor.name}</a>`
            : actor?.name || html`<span class="quiet">${t('audit.nobody')}</span>`}</td>
        <th scope="row">${actionName(action)}${refused
          && html` <span class="tag tag-bad">${t('audit.refused')}</span>`}${count > 1
          && html` <span class="count">${t('audit.times', { count: number(count) })}</span>`}${note
          && html`<small>${note}</small>`}</th>
        <td data-label="${t('audit.about')}">${!self && subject && nameOf(subject, action)}</td>
        <td data-label="${t('audit.address')}"><code>${address}</code></td>
      </tr>`
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
  still(event) { event.preventDefault() }
  searched(_, input) { this.#list.filter({ q: input.value.trim() }, { typing: true }) }
  chosen(_, select) { this.#list.filter({ [select.name]: select.value }) }

  /** Filters by a day in local time: from its begin, or to its end. */
  day(_, { name, value }) {
    const moment = value && new Date(`${value}T${name === 'from' ? '00:00:00' : '23:59:59.999'}`).toISOString()
    this.#list.filter({ [name]: moment })
  }

  clear() {
    this.querySelector('.filters').reset()
    this.#list.filter({ q: '', action: '', from: '', to: '' })
  }
}

/** The name of what an entry is about; of an account that still exists, a link to it. */
const nameOf = ({ type, id, name }, action) => type === 'user' && id && action !== 'user_deleted'
  ? html`<a href="/people/${encodeURIComponent(id)}">${name || id}</a>` : name || id

const actionName = action => knows(`audit.${action}`) ? t(`audit.${action}`) : action

customElements.define('audit-page', AuditPage)
route('/audit', () => html`<audit-page data-key="audit"></audit-page>`,
  { access: 'admin', title: 'audit.title' })
