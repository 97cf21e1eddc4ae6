import { isAsked } from '../lib/announcements.js'
import { isDue } from '../lib/documents.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The tags of a document; only managers see rejected versions, due reviews and documents without readers. */
export const documentMarks = (row, isManager) => html`
  ${isAsked(row) && row.versionNumber != null && (row.isConfirmed
    ? html`<span class="tag tag-good">${icon('check')}${t('confirm.done')}</span>`
    : html`<span class="tag">${t('confirm.wanted')}</span>`)}
  ${row.approval === 'pending' && html`<span class="tag">${t('document.pending')}</span>`}
  ${row.approval === 'rejected' && isManager && html`<span class="tag tag-bad">
    ${t('document.rejected')}</span>`}
  ${isManager && isDue(row) && html`<span class="tag tag-bad">${t('document.toReview')}</span>`}
  ${isManager && !row.isPublic && !row.audience.length
    && html`<span class="tag tag-quiet">${t('document.hidden')}</span>`}`
