import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { face } from '../elements/presence-list.js'
import { startDirect } from '../lib/channel-actions.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { language, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { nameOf } from '../lib/people.js'
import { isHere, presence } from '../lib/presence.js'
import { route } from '../lib/router.js'
import { session, socket } from '../lib/session.js'

/** The rows of one request: they are sorted by name here, which needs nearly all of them. */
const pageSize = 500

const byName = people => [...people].sort((one, other) => nameOf(one).localeCompare(nameOf(other), language()))

/** The directory of all people, searched while typing, with their contact details. */
class DirectoryPage extends ViewElement {
  #list = new PagedList('/api/users', { size: pageSize, changed: () => this.update() })

  connected() {
    this.watch(presence)
    this.listen(socket, 'catch-up', () => this.#list.refresh())
    this.#list.refresh()
  }

  again() { this.#list.refresh() }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('nav.directory')}</h1>
        <p class="lead">${t('directory.lead')}</p></div></header>
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}
          <input class="input" type="search" name="q" data-input="searched" autocomplete="off"
            spellcheck="false" aria-label="${t('directory.search')}"
            placeholder="${t('directory.search')}"></div></form>
      ${loadable(this.#list, rows => this.#rows(rows), {
        waiting: skeletons('row', 6),
        empty: emptyState({ icon: 'search', title: t('directory.none'), text: t('directory.noneText') }),
      })}`
  }

  #rows(rows) {
    return html`
      <ul class="directory" aria-label="${t('nav.directory')}">
        ${byName(rows).map(person => this.#card(person))}</ul>
      ${moreButton(this.#list)}`
  }

  #card(person) {
    const { id, username, department, position, email, phone } = person
    const own = String(id) === String(session.get().user?.id)
    return html`
      <li class="card directory-card" data-key="person-${id}">
        <button type="button" class="directory-face" data-person-card="${id}"
          aria-label="${nameOf(person)}">${face(person)}${isHere(id) && html`<i class="dot" data-live></i>`}
        </button>
        <div class="directory-about"><h2>${nameOf(person)}</h2>
          ${[position, department].some(Boolean) ? [position, department].filter(Boolean).map(line => html`
            <p>${line}</p>`) : html`<p>@${username}</p>`}
          ${email && html`<p><a href="mailto:${email}">${email}</a></p>`}
          ${phone && html`<p><a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a></p>`}</div>
        <div class="directory-actions">
          ${!own && html`<button type="button" class="icon-button" data-click="write" data-id="${id}"
            title="${t('directory.write', { name: nameOf(person) })}"
            aria-label="${t('directory.write', { name: nameOf(person) })}">${icon('chat')}</button>`}
          <a class="icon-button" href="/api/users/${id}/vcard" download
            title="${t('directory.vcard')}"
            aria-label="${t('directory.vcard')} ${nameOf(person)}">${icon('download')}</a></div>
      </li>`
  }

  still(event) { event.preventDefault() }
  searched(_, { value }) { this.#list.filter({ q: value.trim() }, { typing: true }) }
  older() { this.#list.older() }
  write(_, { dataset: { id } }) { startDirect(id) }
}

customElements.define('directory-page', DirectoryPage)
route('/directory', () => html`<directory-page data-key="directory"></directory-page>`,
  { access: 'signedIn', title: 'nav.directory' })
