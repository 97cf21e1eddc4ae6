import '../elements/document-preview.js'
import '../elements/document-versions.js'
import '../elements/read-confirm.js'
import '../elements/read-report.js'
import '../elements/table-dialog.js'
import '../elements/time-ago.js'
import '../elements/version-dialog.js'
import { isAsked } from '../lib/announcements.js'
import { documentMarks } from '../elements/document-marks.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { pendingVersion } from '../elements/pending-version.js'
import { get, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { groupsOf } from '../lib/documents.js'
import { ViewElement } from '../lib/element.js'
import { bytes, date } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { notifications } from '../lib/notifications.js'
import { go, route } from '../lib/router.js'
import { can, session, socket } from '../lib/session.js'
import { describe } from '../lib/tables.js'
import { toast } from '../lib/toast.js'

const right = 'manage_documents'

/** One document with its versions; for managers also the report of its readers. */
class DocumentPage extends ViewElement {
  #row = new Loader(this, signal => get(this.#path, { signal }))
  /** The newest versions: a pending one is always the first. */
  #versions = new Loader(this, signal => get(`${this.#path}/versions?limit=50`, { signal }))
  #revision = 0

  connected() {
    for (const event of ['row-saved', 'read-confirmed', 'version-changed']) this.listen(this, event, () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(socket, 'DOCUMENTS_CHANGED', ({ detail }) => { if (String(detail.id) === this.#id) this.again() })
    this.#row.load().then(() => this.#seen())
    this.#versions.load()
  }

  /** Marks the notifications about it as read. */
  #seen() {
    if (this.#row.value && notifications.get().unread > 0)
      post(`${this.#path}/seen`).catch(() => { /* it stays unread */ })
  }

  get #id() { return this.getAttribute('row') }
  get #path() { return `/api/documents/${encodeURIComponent(this.#id)}` }

  view() {
    return loadable(this.#row, row => this.#page(row), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: error => error.status === 404 ? emptyState({
        icon: 'file', title: t('document.gone'), isPage: true,
        action: html`<a class="button" href="/documents">${icon('back')}${t('document.title')}</a>`,
      }) : failure(error),
    })
  }

  #page(row) {
    document.title = `${row.title} · OBox`
    const published = row.versionNumber != null
    const toDecide = this.#approves(row) ? this.#pending : null
    return html`
      <a class="back" href="/documents">${icon('back')}${t('document.title')}</a>
      <header class="page-head"><div>
        <p class="announcement-marks">${documentMarks(row, can(right))}</p><h1>${row.title}</h1>
        <p class="lead">${t(`document.category.${row.category}`)} ·
          ${t('document.versionOf', { version: row.version })}</p></div>
        ${this.#actions(row, published || !toDecide)}</header>
      <div class="document-page">
        <div class="document-main">
          ${toDecide && pendingVersion(toDecide, this.#path)}
          ${row.description && html`<p class="document-text">${row.description}</p>`}
          ${isAsked(row) && published && html`<read-confirm data-key="confirm"
            path="${this.#path}"
            edition="${row.edition}" ?confirmed=${row.isConfirmed}></read-confirm>`}
          ${row.fileUrl && (published || !toDecide) && html`<document-preview data-key="preview"
            src="${row.fileUrl}" type="${row.fileType}" name="${row.fileName || row.title}"
            pages="${this.#path}/versions/${row.versionNumber ?? 1}/pages"></document-preview>`}
          <document-versions data-key="versions" path="${this.#path}" revision="${this.#revision}">
            </document-versions>
        </div>
        <div class="document-side">${this.#facts(row)}
          ${can(right) && row.requiresConfirmation && published && html`<read-report data-key="report"
            path="${this.#path}" revision="${row.edition}-${row.confirmedCount}"></read-report>`}</div>
      </div>
      <table-dialog data-key="dialog"></table-dialog><version-dialog data-key="version"></version-dialog>`
  }

  #actions(row, mayLoad) {
    return html`
      <div class="head-actions">
        ${row.fileUrl && mayLoad && html`<a class="button button-primary" data-key="load"
          href="${this.#path}/download" download>
          ${icon('download')}${t('document.download')}</a>`}
        ${can(right) && html`
        <button type="button" class="button" data-key="add" data-click="addVersion">
          ${icon('plus')}${t('document.newVersion')}</button>
        <button type="button" class="icon-button" data-key="edit" data-click="edit"
          title="${t('action.edit')}"
          aria-label="${t('action.edit')}">${icon('edit')}</button>
        <button type="button" class="icon-button" data-key="delete" data-click="delete"
          title="${t('do.delete')}"
          aria-label="${t('do.delete')}">${icon('trash')}</button>`}</div>`
  }

  #facts(row) {
    const facts = [
      ['document.owner', row.ownerName], ['document.approver', row.approverId && row.approverName],
      ['document.file', row.fileName && [row.fileName, row.fileSize && bytes(row.fileSize)].filter(Boolean).join(' · ')],
      ['document.added', date(row.createdAt)], ['document.changed', date(row.updatedAt)],
      ['document.reviewAt', row.reviewAt && date(row.reviewAt)],
      ['document.downloaded', String(row.downloadCount)],
    ]
    return html`
      <section class="card" aria-labelledby="facts-title"><h2 id="facts-title">${t('document.about')}</h2>
        <dl class="document-facts">${facts.filter(([, value]) => value).map(([label, value]) => html`
          <div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl></section>`
  }

  get #pending() {
    const [newest] = this.#versions.value ?? []
    return newest?.status === 'pending' ? newest : null
  }

  #approves(row) {
    return row.approverId ? row.approverId === String(session.get().user?.id) : can(right)
  }

  again() {
    this.#revision += 1
    this.#row.load()
    this.#versions.load()
  }

  async addVersion() {
    await this.#versions.load()
    this.querySelector('version-dialog')?.open(this.#path, this.#row.value, this.#versions.value ?? [])
  }

  approve(_, { dataset: { number } }) { return this.#decide(`${number}/approve`, 'document.approved') }
  reject(_, { dataset: { number } }) { return this.#decide(`${number}/reject`, 'document.wasRejected') }

  async #decide(verb, said) {
    try {
      await post(`${this.#path}/versions/${verb}`)
      toast(t(said), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.again()
  }

  async edit() {
    const table = await describe('documents', groupsOf(false))
    if (table) this.querySelector('table-dialog')?.open(table, this.#row.value)
  }

  async delete() {
    const name = this.#row.value.title
    if (!await confirm({ title: t('tables.askDelete', { name }), text: t('document.askDeleteText'), yes: t('do.delete'), danger: true }))
      return
    try {
      await remove(this.#path)
      go('/documents')
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('document-page', DocumentPage)
route('/documents/:id', ({ id }) => html`<document-page data-key="document-${id}" row="${id}">
  </document-page>`,
  { access: 'signedIn', title: 'document.title' })
