import './document-preview.js'
import { bytes, moment } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The version that waits for the reader's decision; the page has `approve` and `reject`. `path` of the document. */
export const pendingVersion = (version, path) => html`
  <section class="card pending-version" data-key="pending" aria-labelledby="pending-title">
    <h2 id="pending-title">${t('document.askApproval', { version: version.version })}</h2>
    <p class="quiet">${[version.authorName, moment(version.createdAt),
      version.size != null && bytes(version.size)].filter(Boolean).join(' · ')}</p>
    ${version.note && html`<p>${version.note}</p>`}
    <div class="version-actions">
      <button type="button" class="button button-primary" data-click="approve"
        data-number="${version.number}">
        ${icon('check')}${t('document.approve')}</button>
      <button type="button" class="button button-wary" data-click="reject" data-number="${version.number}">
        ${icon('close')}${t('document.reject')}</button>
      ${version.fileUrl && html`<a class="button" href="${path}/versions/${version.number}/download" download>
        ${icon('download')}${t('document.download')}</a>`}</div>
    ${version.fileUrl && html`<document-preview data-key="pending-preview-${version.number}"
      src="${version.fileUrl}" type="${version.type}" name="${version.fileName || version.version}"
      pages="${path}/versions/${version.number}/pages"></document-preview>`}
  </section>`
