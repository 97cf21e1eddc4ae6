import { announcementFacts } from '../elements/announcement-card.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { inOrder } from '../lib/announcements.js'
import { textMarkup } from '../lib/chat/markup.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { mark } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { route } from '../lib/router.js'
import { isInside } from '../lib/session.js'

const refetchEvery = 120_000

/** The public announcements, without sign-in: for a screen in the entrance hall. */
class PublicPage extends ViewElement {
  #list = new PagedList('/api/announcements', { changed: () => this.update() })

  connected() {
    this.every(refetchEvery, () => { if (document.visibilityState === 'visible') this.#list.refresh() })
    this.#list.filter({ isPublic: 'true' })
  }

  view() {
    return html`
      <div class="public">
        ${!isInside() && html`<header class="public-head"><p class="brand">${mark()}<span>OBox</span></p>
          <preference-switch data-key="language" of="language" compact></preference-switch>
          <a class="button" href="/sign-in">${t('signIn.submit')}</a></header>`}
        <h1>${t('public.title')}</h1>
        ${loadable(this.#list, rows => html`<ul class="announcements">
          ${inOrder(rows).map(row => this.#one(row))}</ul>
          ${moreButton(this.#list)}`, {
          waiting: skeletons('row', 3), empty: emptyState({ icon: 'announce', title: t('public.none') }),
        })}
      </div>`
  }

  #one(row) {
    return html`
      <li class="announcement announcement-whole" data-key="public-${row.id}"
        ?data-important=${row.isImportant}>
        <span class="announcement-sign" aria-hidden="true">${row.icon || '📢'}</span>
        <article class="announcement-body"><h2>${row.title}</h2>
          <p class="announcement-facts">${announcementFacts(row)}</p>
          ${row.imageUrl && html`<img class="announcement-picture" src="${row.imageUrl}" alt=""
            loading="lazy">`}
          <div class="prose">${textMarkup(row.content, null)}</div></article>
      </li>`
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }
}

customElements.define('public-page', PublicPage)
route('/public', () => html`<public-page data-key="public"></public-page>`,
  { access: 'everyone', title: 'public.title' })
