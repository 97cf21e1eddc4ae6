import { briefly, loadable, moreButton, skeletons } from './loadable.js'
import { post } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { bytes, moment } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { can } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const tones = { published: 'tag-quiet', pending: '', rejected: 'tag-bad', withdrawn: 'tag-quiet' }

/** All versions of a document: `path`. */
class DocumentVersions extends ViewElement {
  static observedAttributes = ['revision']
  #list = null

  connected() {
    this.#list = new PagedList(`${this.getAttribute('path')}/versions`, { changed: () => this.update() })
    this.#list.refresh()
  }

  attributeChangedCallback() {
    this.#list?.refresh()
    this.update()
  }

  view() {
    return html`
      <section class="card" aria-labelledby="versions-title"><h2 id="versions-title">
        ${t('document.versions')}</h2>
        ${loadable(this.#list, rows => html`<ol class="versions">${rows.map(row => this.#version(row))}</ol>
          ${moreButton(this.#list)}`, { waiting: skeletons('channel', 2), failed: briefly })}</section>`
  }

  #version(row) {
    const path = `${this.getAttribute('path')}/versions/${row.number}`
    return html`
      <li class="version" data-key="version-${row.id}" ?data-current=${row.isCurrent}>
        <div class="version-head"><h3>${t('document.versionOf', { version: row.version })}</h3>
          <span class="tag ${row.isCurrent ? 'tag-good' : tones[row.status]}">
            ${t(row.isCurrent ? 'document.current' : `document.status.${row.status}`)}</span>
          ${row.isMinor && html`<span class="tag tag-quiet">${t('document.minor')}</span>`}</div>
        <p class="quiet">${this.#facts(row).join(' · ')}</p>
        ${row.note && html`<p>${row.note}</p>`}
        ${row.decidedBy && html`<p class="quiet">${t(`document.decided.${row.status}`, {
          name: row.decidedBy, at: moment(row.decidedAt) })} ${row.decision}</p>`}
        <div class="version-actions">
          ${row.fileUrl && html`<a class="button button-small" href="${path}/download" download>
            ${icon('download')}${t('document.download')}</a>`}
          ${can('manage_documents') && !row.isCurrent && row.status === 'published' && html`
          <button type="button" class="button button-small" data-click="restore" data-number="${row.number}"
            data-version="${row.version}">${icon('reboot')}${t('document.restore')}</button>`}</div>
      </li>`
  }

  #facts(row) {
    const size = row.size != null ? [bytes(row.size)] : []
    return [row.authorName, moment(row.createdAt), ...size, t('document.downloads', { count: row.downloads })]
  }

  older() { this.#list.older() }

  async restore(_, { dataset: { number, version } }) {
    const question = { title: t('document.askRestore', { version }), text: t('document.askRestoreText'), yes: t('document.restore') }
    if (await confirm(question)) await this.#do(`${number}/restore`, 'document.restored')
  }

  async #do(verb, said) {
    try {
      await post(`${this.getAttribute('path')}/versions/${verb}`)
      toast(t(said), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.#list.refresh()
    this.dispatchEvent(new CustomEvent('version-changed', { bubbles: true }))
  }
}

customElements.define('document-versions', DocumentVersions)
