import './time-ago.js'
import { isAsked, publishedAt, stateOf } from '../lib/announcements.js'
import { plainText } from '../lib/chat/markdown.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The tags of an announcement: state, importance, pin, read confirmation. */
export const announcementMarks = row => html`
  ${stateOf(row) && html`<span class="tag tag-quiet">${t(`announce.${stateOf(row)}`)}</span>`}
  ${row.isImportant && html`<span class="tag tag-bad">${t('announce.important')}</span>`}
  ${row.isPinned && html`<span class="tag tag-plain">${icon('pin')}${t('announce.pinned')}</span>`}
  ${isAsked(row) && !stateOf(row) && (row.isConfirmed
    ? html`<span class="tag tag-good">${icon('check')}${t('confirm.done')}</span>`
    : html`<span class="tag">${t('confirm.wanted')}</span>`)}`

/** The type, author and time of an announcement. */
export const announcementFacts = row => html`${!(row.isImportant && row.type === 'important')
  && `${t(`announce.type.${row.type}`)} · `}${row.authorName} ·
  <time-ago moment="${publishedAt(row)}"></time-ago>`

/** An announcement in a list, linked to its page. */
export const announcementCard = row => html`
  <li class="announcement" data-key="announcement-${row.id}" ?data-important=${row.isImportant}>
    <span class="announcement-sign" aria-hidden="true">${row.icon || '📢'}</span>
    <div class="announcement-body">
      <h2><a href="/announcements/${encodeURIComponent(row.id)}">${row.title}</a></h2>
      <p class="announcement-facts">${announcementFacts(row)}</p>
      <p class="announcement-text">${plainText(row.content).slice(0, 400)}</p>
      <p class="announcement-marks">${announcementMarks(row)}
        ${row.commentCount > 0 && html`<span class="quiet">${icon('chat')}
          ${t('announce.comments', { count: row.commentCount })}</span>`}</p>
    </div>
    ${row.imageUrl && html`<img class="announcement-thumb" src="${row.imageUrl}" alt="" loading="lazy">`}
  </li>`
