import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { socket } from '../lib/session.js'
import { briefly, loadable } from './loadable.js'

/** A link to another site, opened in a new tab. */
export const outward = ({ title, url, description, icon: sign }) => html`
  <a href="${url}" target="_blank" rel="noopener noreferrer" title="${description ?? ''}">
    <span class="link-sign" aria-hidden="true">${sign || '🔗'}</span><span>${title}</span></a>`

/** The links of the organisation and the user's own, read-only; the page of links edits them. */
class LinkShelf extends ViewElement {
  #links = new Loader(this, async signal => {
    const [shared, own] = await Promise.all([get('/api/links', { signal }), get('/api/shortcuts', { signal })])
    return [...shared.map(link => ({ ...link, key: `s${link.id}` })), ...own.map(link => ({ ...link, key: `o${link.id}` }))]
  })

  connected() {
    for (const frame of ['LINKS_CHANGED', 'SHORTCUTS_CHANGED', 'catch-up']) this.listen(socket, frame, () => this.again())
    this.again()
  }

  again() { this.#links.load() }

  view() {
    return html`<section class="card link-shelf" aria-labelledby="shelf-title">
      <h2 id="shelf-title">${icon('link')}<a href="/links">${t('links.title')}</a></h2>
      ${loadable(this.#links, links => html`<ul class="link-row">${links.map(link => html`
        <li data-key="${link.key}">${outward(link)}</li>`)}</ul>`, { waiting: null, failed: briefly,
        empty: html`<p class="quiet">${t('links.noOwn')}</p>` })}</section>`
  }
}

customElements.define('link-shelf', LinkShelf)
