import '../elements/link-dialog.js'
import { loadable } from '../elements/loadable.js'
import { get, put, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The organisation's links, and the user's own links by category. */
class LinksPage extends ViewElement {
  #shared = new Loader(this, signal => get('/api/links?limit=500', { signal }))
  #own = new Loader(this, async signal => {
    const [categories, links] = await Promise.all([
      get('/api/shortcuts/categories', { signal }), get('/api/shortcuts', { signal })])
    return categories.map(category => ({ ...category, links: links.filter(({ category_id: id }) => id === category.id) }))
  })

  connected() {
    this.listen(socket, 'LINKS_CHANGED', () => this.#shared.load())
    for (const frame of ['SHORTCUTS_CHANGED', 'catch-up']) this.listen(socket, frame, () => this.again())
    this.listen(this, 'links-changed', () => this.again())
    this.again()
  }

  again() {
    this.#shared.load()
    this.#own.load()
  }

  get #mayManage() { return isAdmin() || session.get().user?.role === 'moderator' }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('links.title')}</h1></div>
        <button class="button button-primary"
          data-click="add">${icon('plus')}${t('links.add')}</button></header>
      <section class="card" aria-labelledby="shared-links"><h2
        id="shared-links">${icon('people')}${t('links.shared')}
        ${this.#mayManage && html`<a class="button button-small" href="/tables/links">${icon('edit')}
        ${t('links.manage')}</a>`}</h2>
        ${loadable(this.#shared, links => this.#groups(links), { empty: html`<p class="quiet">
          ${t('links.noShared')}</p>` })}</section>
      <section class="card" aria-labelledby="own-links"><h2
        id="own-links">${icon('user')}${t('links.own')}</h2>
        ${loadable(this.#own, categories => categories.map(category => this.#category(category)), { empty:
          html`
          <p class="quiet">${t('links.noOwn')}</p>` })}</section>
      <link-dialog data-key="dialog"></link-dialog>`
  }

  #groups(links) {
    const names = [...new Set(links.map(({ category }) => category))]
    return names.map(name => html`<div data-key="group-${name}">${name && html`<h3>${name}</h3>`}
      <ul class="link-row">${links.filter(({ category }) => category === name).map(link => html`
        <li data-key="${link.id}">${outward(link)}</li>`)}</ul></div>`)
  }

  #category({ id, name, links }) {
    return html`<div data-key="category-${id}" class="link-category"><h3>${name}
      <button class="icon-button" data-click="deleteCategory" data-id="${id}"
        aria-label="${t('links.deleteCategory', { name })}" title="${t('links.deleteCategory', { name })}">
        ${icon('trash')}</button></h3>
      <ul class="link-list">${links.map((link, index) => this.#link(link, index, links.length))}</ul></div>`
  }

  #link(link, index, count) {
    const button = (method, sign, label, isOff = false) => html`<button class="icon-button"
      data-click="${method}"
      data-id="${link.id}" aria-label="${label}" title="${label}" ?disabled=${isOff}>${icon(sign)}</button>`
    const name = link.title
    return html`<li data-key="${link.id}">${outward(link)}<span class="row-actions">
      ${button('up', 'up', t('links.up', { name }), index === 0)}
      ${button('down', 'down', t('links.down', { name }), index === count - 1)}
      ${button('edit', 'edit', `${t('action.edit')} ${name}`)}
      ${button('delete', 'trash', `${t('do.delete')} ${name}`)}</span></li>`
  }

  #find(id) {
    for (const category of this.#own.value ?? []) {
      const index = category.links.findIndex(link => String(link.id) === id)
      if (index >= 0) return { category, index, link: category.links[index] }
    }
    return null
  }

  add() { this.querySelector('link-dialog').open({ categories: this.#own.value ?? [] }) }

  edit(_, { dataset: { id } }) {
    this.querySelector('link-dialog').open({ categories: this.#own.value, link: this.#find(id)?.link })
  }

  up(_, { dataset: { id } }) { this.#move(id, -1) }
  down(_, { dataset: { id } }) { this.#move(id, 1) }

  async #move(id, step) {
    const { category, index } = this.#find(id)
    const ids = category.links.map(link => link.id)
    ids.splice(index + step, 0, ...ids.splice(index, 1))
    await this.#try(() => put('/api/shortcuts/reorder', { category_id: category.id, shortcut_ids: ids }))
    await this.#own.load()
    this.querySelector(`[data-click="${step < 0 ? 'up' : 'down'}"][data-id="${id}"]:not([disabled])`)?.focus()
  }

  async delete(_, { dataset: { id } }) {
    const { link } = this.#find(id)
    await this.#remove(link.title, t('links.askDeleteText'), `/api/shortcuts/${id}`)
  }

  async deleteCategory(_, { dataset: { id } }) {
    const { name } = this.#own.value.find(category => String(category.id) === id)
    await this.#remove(name, t('links.askDeleteCategory'), `/api/shortcuts/categories/${id}`)
  }

  async #remove(name, text, path) {
    const title = t('links.askDelete', { name })
    if (!await confirm({ title, text, yes: t('do.delete'), danger: true })) return
    await this.#try(() => remove(path))
    this.again()
  }

  async #try(work) { try { await work() } catch (error) { toast(error.message, 'error') } }
}

/** A link to another site, opened in a new tab. */
const outward = ({ title, url, description, icon: sign }) => html`
  <a href="${url}" target="_blank" rel="noopener noreferrer" title="${description ?? ''}">
    <span class="link-sign" aria-hidden="true">${sign || '🔗'}</span><span>${title}</span></a>`

customElements.define('links-page', LinksPage)
route('/links', () => html`<links-page data-key="links"></links-page>`,
  { access: 'signedIn', title: 'links.title' })
