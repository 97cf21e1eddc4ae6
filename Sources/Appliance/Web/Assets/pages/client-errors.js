import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { socket } from '../lib/session.js'

/** What desktop clients reported of their own errors, for administrators. */
class ClientErrorsPage extends ViewElement {
  #list = new PagedList('/api/monitoring/errors', { rowsOf: answer => answer.errors, changed: () => this.update() })

  connected() {
    this.listen(socket, 'catch-up', () => this.#list.refresh())
    this.#list.refresh()
  }

  view() {
    const { total } = this.#list
    return html`
      <header class="page-head"><div><h1>${t('clientErrors.title')}</h1>
        <p class="lead">${t('clientErrors.lead')}${total > 0 && html` <span data-role="count">${t('clientErrors.count', { count: total })}</span>`}</p></div>
        <button class="button" data-key="refresh" data-click="again">${icon('reboot')}${t('audit.refresh')}</button></header>
      ${peopleTabs()}
      ${this.#body()}`
  }

  #body() {
    const { rows, error, more, busy } = this.#list
    if (error) return emptyState({
      icon: 'warning', title: t('error.load'), text: error.message,
      action: html`<button class="button" data-click="again">${icon('reboot')}${t('action.retry')}</button>`,
    })
    if (!rows) return html`<div aria-busy="true">${[1, 2, 3].map(() => html`<span class="skeleton skeleton-row"></span>`)}</div>`
    if (!rows.length) return emptyState({ icon: 'check', title: t('clientErrors.none'), text: t('clientErrors.noneText') })
    return html`
      <ul class="client-errors" aria-label="${t('clientErrors.title')}">${rows.map(row => this.#row(row))}</ul>
      ${more && html`<div class="more"><button class="button" data-click="older" ?data-busy=${busy}>${t('people.more')}</button></div>`}`
  }

  #row({ id, count, firstAt, lastAt, userId, userName, address, clientId, clientVersion, platform, errorType, errorMessage, context, userMessage }) {
    const who = userId ? html`<a href="/people/${encodeURIComponent(userId)}">${userName || userId}</a>` : html`<span>${t('clientErrors.anonymous')}</span>`
    const client = [clientVersion, platform, clientId].filter(Boolean).join(' · ')
    return html`
      <li class="card client-error" data-key="error-${id}">
        <header><h2>${errorType || t('clientErrors.untyped')}</h2>${count > 1 && html`<span class="tag tag-plain">${t('clientErrors.times', { count })}</span>`}
          <span class="quiet"><time-ago moment="${lastAt}"></time-ago></span></header>
        ${errorMessage && html`<pre class="client-error-text">${errorMessage}</pre>`}
        ${userMessage && html`<p><strong>${t('clientErrors.said')}</strong> ${userMessage}</p>`}
        <p class="quiet">${who} · <code>${address}</code>${client && html` · ${client}`}</p>
        <p class="quiet">${count > 1 ? t('clientErrors.span', { first: exact(firstAt), last: exact(lastAt) }) : exact(lastAt)}</p>
        ${context && html`<details data-key="context-${id}"><summary>${t('clientErrors.context')}</summary><pre class="client-error-text">${context}</pre></details>`}
      </li>`
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
}

customElements.define('client-errors-page', ClientErrorsPage)
