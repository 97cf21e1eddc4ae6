import './copy-field.js'
import { ApiError, get, post, remove } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { moment } from '../lib/format.js'
import { html } from '../lib/html.js'
import { language, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { can } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { dialogHead } from './dialog-parts.js'
import { loadable, briefly } from './loadable.js'
import { notice } from './notices.js'

/**
 * The secret URL of the user's calendar for other programs; for managers of events also the import of a file.
 */
class FeedDialog extends withDialog(ViewElement) {
  #url = null
  #state = new Loader(this, signal => get('/api/calendar/feed', { signal }))

  open() {
    this.#url = null
    this.draw()
    this.dialog.showModal()
    this.again()
  }

  again() { this.#state.load() }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="feed-title" data-click="backdrop" data-close="closed">
        ${dialogHead('feed-title', t('feed.title'))}
        <div class="form"><p>${t('feed.text')}</p>
          ${loadable(this.#state, state => this.#feed(state), { waiting: null, failed: briefly })}
          <p><a class="button" href="/api/events.ics" download>${icon('download')}${t('feed.file')}</a></p>
          ${can('manage_events') && this.#fileToImport()}</div>
      </dialog>`
  }

  #feed({ active, createdAt, readAt }) {
    if (this.#url) return html`${notice(t('feed.once'))}
      <copy-field value="${this.#url}" label="${t('feed.address')}"></copy-field>`
    return html`
      ${active && html`<p class="quiet">${t('feed.active', { day: moment(createdAt) })}
        ${readAt ? t('feed.read', { day: moment(readAt) }) : t('feed.never')}</p>`}
      <div class="page-actions"><button type="button" class="button button-primary" data-click="make">
        ${icon('link')}${t(active ? 'feed.renew' : 'feed.make')}</button>
        ${active && html`<button type="button" class="button"
          data-click="end">${t('feed.end')}</button>`}</div>`
  }

  #fileToImport() {
    return html`<hr><p class="quiet">${t('feed.importText')}</p>
      <label class="button file-button">${icon('clip')}${t('feed.import')}
        <input class="visually-hidden" type="file" accept=".ics,text/calendar"
          data-change="importFile"></label>`
  }

  async make() {
    try {
      this.#url = (await post('/api/calendar/feed')).url
      await this.#state.load()
    } catch (error) { toast(error.message, 'error') }
  }

  async end() {
    try { await remove('/api/calendar/feed') } catch (error) { toast(error.message, 'error') }
    this.again()
  }

  async importFile(_, input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC')
    try {
      const answer = await fetch(`/api/events/import?timeZone=${zone}`, {
        method: 'POST', body: file, headers: { 'Content-Type': 'text/calendar', 'Accept-Language': language() },
      })
      const value = await answer.json()
      if (!answer.ok) throw new ApiError(answer.status, value)
      toast([t('feed.imported', { count: value.imported }),
        value.skipped > 0 && t('feed.skipped', { count: value.skipped })].filter(Boolean).join(', '), 'success')
      this.shut()
      this.dispatchEvent(new CustomEvent('calendar-changed', { bubbles: true }))
    } catch (error) { toast(error instanceof ApiError ? error.message : t('error.network'), 'error') }
  }

  /** Forgets the URL: the server shows it only once. */
  closed(_, dialog) {
    if (dialog.open) return
    this.#url = null
    this.update()
  }
}

customElements.define('feed-dialog', FeedDialog)
