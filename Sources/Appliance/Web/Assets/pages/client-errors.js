import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton } from '../elements/loadable.js'
import { peopleTabs } from '../elements/section-tabs.js'
import { ViewElement } from '../lib/element.js'
import { exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'

/** The errors reported by desktop clients, for administrators. */
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
        <p class="lead">${t('clientErrors.lead')}${total > 0
          && html` <span data-role="count">${t('clientErrors.count', { count: total })}</span>`}</p></div>
        <button class="button" data-key="refresh" data-click="again">
          ${icon('reboot')}${t('audit.refresh')}</button></header>
      ${peopleTabs()}
      ${this.#body()}`
  }

  #body() {
    return loadable(this.#list, rows => this.#rows(rows), {
      empty: emptyState({ icon: 'check', title: t('clientErrors.none'), text: t('clientErrors.noneText') }),
    })
  }

  #rows(rows) {
    return html`
      <ul class="client-errors" aria-label="${t('clientErrors.title')}">
        ${rows.map(row => this.#row(row))}</ul>
      ${moreButton(this.#list)}`
  }

  #row({ id, count, firstAt, lastAt, userId, userName, address, clientId, clientVersion, platform, errorType, errorMessage, context, userMessage }) {
    const who = userId ? html`<a href="/people/${encodeURIComponent(userId)}">${userName || userId}</a>`
      : html`<span>${t('clientErrors.anonymous')}</span>`
    const client = [clientVersion, platform, clientId].filter(Boolean).join(' · ')
    return html`
      <li class="card client-error" data-key="error-${id}">
        <header><h2>${errorType || t('clientErrors.untyped')}</h2>${count > 1
          && html`<span class="tag tag-plain">${t('clientErrors.times', { count })}</span>`}
          <span class="quiet"><time-ago moment="${lastAt}"></time-ago></span></header>
        ${errorMessage && html`<pre class="client-error-text">${errorMessage}</pre>`}
        ${userMessage && html`<p><strong>${t('clientErrors.said')}</strong> ${userMessage}</p>`}
        <p class="quiet">${who} · <code>${address}</code>${client && html` · ${client}`}</p>
        <p class="quiet">${count > 1 ? t('clientErrors.span', { first: exact(firstAt), last: exact(lastAt) })
          : exact(lastAt)}</p>
        ${context && html`<details data-key="context-${id}"><summary>${t('clientErrors.context')}</summary>
          <pre class="client-error-text">${context}</pre></details>`}
      </li>`
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
}

customElements.define('client-errors-page', ClientErrorsPage)
route('/client-errors', () => html`<client-errors-page data-key="client-errors"></client-errors-page>`,
  { access: 'admin', title: 'clientErrors.title' })
