import '../elements/table-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { get, post, remove } from '../lib/api.js'
import { confirm, isOutside } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { go, place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const kinds = ['video', 'image', 'audio', 'document']
const signs = { video: 'media', image: 'eye', audio: 'bell', document: 'file' }

/** The fields of the form: those rarely set are in a closed group. */
function groupsOf({ columns }) {
  const more = ['duration', 'rating', 'isPopular', 'isFeatured']
  const first = ['title', 'fileUrl', 'type']
  const others = columns.map(({ name }) => name).filter(name => !more.includes(name) && !first.includes(name))
  return [{ names: [...first, ...others] }, { label: 'media.more', names: more }]
}

/** The media library: filtered by type and text, played in the page. */
class MediaPage extends ViewElement {
  static observedAttributes = ['item']
  #table = null
  #shown = null
  #list = new PagedList('/api/contents', { changed: () => this.update() })

  connected() {
    this.listen(this, 'row-saved', () => this.#list.refresh())
    this.listen(this, 'file-sent', ({ target, detail }) => this.#propose(target, detail))
    this.listen(socket, 'CONTENTS_CHANGED', () => this.#list.refresh())
    this.listen(socket, 'catch-up', () => this.#list.refresh())
    this.watch(place, () => this.#follow())
    this.again()
    this.#follow()
  }

  async again() {
    this.#list.refresh()
    const tables = await get('/api/schemas', { signal: this.signal }).catch(() => [])
    const table = tables.find(({ name }) => name === 'contents')
    this.#table = table ? { ...table, groups: groupsOf(table), said: () => t('media.saved') } : null
    this.update()
  }

  get #mayChange() { return this.#table?.may.includes('change') }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('nav.media')}</h1></div>
        ${this.#add()}</header>
      <form class="filters" role="search" data-key="filters" data-submit="still">
        <div class="filter">${icon('search')}
          <input class="input" type="search" name="q" data-input="searched" autocomplete="off"
            spellcheck="false" aria-label="${t('media.search')}" placeholder="${t('media.search')}"></div>
        <select class="input" name="type" data-change="chosen" aria-label="${t('media.type')}">
          <option value="">${t('media.all')}</option>${kinds.map(kind => html`
          <option value="${kind}">${t(`media.${kind}`)}</option>`)}</select></form>
      ${loadable(this.#list, rows => this.#rows(rows), { waiting: skeletons('card', 3), empty: this.#empty() })}
      ${this.#player()}
      <table-dialog data-key="dialog"></table-dialog>`
  }

  #add() {
    return this.#mayChange && html`<button class="button button-primary" data-click="create">
      ${icon('plus')}${t('media.add')}</button>`
  }

  #empty() {
    const { q, type } = this.#list.wishes
    if (q || type) return emptyState({ icon: 'search', title: t('tables.nothingFound'), text: t('tables.nothingFoundText') })
    return emptyState({ icon: 'media', title: t('media.none'), text: t('media.noneText'), action: this.#add() })
  }

  #rows(rows) {
    return html`
      <ul class="media" aria-label="${t('nav.media')}">${rows.map(row => this.#card(row))}</ul>
      ${moreButton(this.#list)}`
  }

  #card(row) {
    const { id, title, type, thumbnailUrl, fileUrl, category, viewCount, tags } = row
    const picture = thumbnailUrl || (type === 'image' ? fileUrl : '')
    return html`
      <li class="card media-card" data-key="media-${id}">
        <a class="media-picture" href="/media/${id}" aria-hidden="true" tabindex="-1">${picture
          ? html`<img src="${picture}" alt="" loading="lazy">` : icon(signs[type] ?? 'file')}</a>
        <h2><a href="/media/${id}">${title}</a></h2>
        <p class="quiet">${[t(`media.${type}`), category, t('media.views', { count: viewCount })]
          .filter(Boolean).join(' · ')}</p>
        ${tags.length > 0 && html`<p class="media-tags">${tags.map(tag => html`
          <span class="tag tag-plain">${tag}</span>`)}</p>`}
        ${this.#mayChange && html`<div class="media-actions">
          <button class="icon-button" data-click="edit" data-id="${id}" title="${t('action.edit')}"
            aria-label="${t('action.edit')} ${title}">${icon('edit')}</button>
          <button class="icon-button" data-click="delete" data-id="${id}" title="${t('do.delete')}"
            aria-label="${t('do.delete')} ${title}">${icon('trash')}</button></div>`}
      </li>`
  }

  /** The item of the path, in a dialog. */
  #player() {
    const row = this.#shown
    return html`<dialog class="dialog media-player" aria-label="${row?.title ?? t('nav.media')}"
      data-click="backdrop" data-close="closed">${row && html`
      <header class="dialog-head"><h2>${row.title}</h2>
        <button class="icon-button" data-click="shut" aria-label="${t('action.close')}">
          ${icon('close')}</button></header>
      ${this.#stage(row)}
      ${row.description && html`<p class="media-about">${row.description}</p>`}
      ${row.fileUrl && html`<p><a class="button" href="${row.fileUrl}" download>
        ${icon('download')}${t('media.download')}</a></p>`}`}</dialog>`
  }

  #stage({ type, fileUrl, title }) {
    if (!fileUrl) return html`<p class="quiet">${t('media.noFile')}</p>`
    if (type === 'video') return html`<video src="${fileUrl}" controls preload="metadata"></video>`
    if (type === 'audio') return html`<audio src="${fileUrl}" controls preload="metadata"></audio>`
    if (type === 'image') return html`<img src="${fileUrl}" alt="${title}">`
    return html`<p><a href="${fileUrl}" target="_blank" rel="noopener">${t('media.open')}</a></p>`
  }

  async #follow() {
    const { id } = place.get().parameters
    if (!id || String(this.#shown?.id) === id) return
    try {
      this.#shown = this.#one(id) ?? await get(`/api/contents/${encodeURIComponent(id)}`, { signal: this.signal })
      this.draw()
      this.querySelector('.media-player').showModal()
      post(`/api/contents/${encodeURIComponent(id)}/view`).catch(() => { /* it counts no view */ })
    } catch (error) {
      if (error.name === 'AbortError') return
      toast(error.message, 'error')
      go('/media', { replace: true })
    }
  }

  /** Selects the type of the chosen file. */
  #propose(field, { type = '' }) {
    const select = field.closest('form')?.elements.namedItem('type')
    if (!select || field.getAttribute('name') !== 'fileUrl') return
    const [kind] = type.split('/')
    select.value = ['video', 'image', 'audio'].includes(kind) ? kind : 'document'
  }

  #one(id) { return this.#list.rows?.find(row => String(row.id) === String(id)) }
  still(event) { event.preventDefault() }
  searched(_, { value }) { this.#list.filter({ ...this.#list.wishes, q: value.trim() }, { typing: true }) }
  chosen(_, { value }) { this.#list.filter({ ...this.#list.wishes, type: value }) }
  older() { this.#list.older() }
  create() { this.querySelector('table-dialog').open(this.#table) }
  edit(_, { dataset: { id } }) { this.querySelector('table-dialog').open(this.#table, this.#one(id)) }
  backdrop(event, dialog) { if (isOutside(event, dialog)) dialog.close() }
  shut() { this.querySelector('.media-player').close() }

  closed(_, dialog) {
    if (dialog.open) return
    this.#shown = null
    this.update()
    if (place.get().path !== '/media') go('/media')
  }

  async delete(_, { dataset: { id } }) {
    const name = this.#one(id)?.title ?? id
    const question = { title: t('tables.askDelete', { name }), text: t('tables.askDeleteText'), yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try { await remove(`/api/contents/${encodeURIComponent(id)}`) } catch (error) { toast(error.message, 'error') }
    await this.#list.refresh()
  }
}

customElements.define('media-page', MediaPage)
route(['/media', '/media/:id'], () => html`<media-page data-key="media"></media-page>`,
  { access: 'signedIn', title: 'nav.media' })
