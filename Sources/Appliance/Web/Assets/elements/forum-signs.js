import './time-ago.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const mark = (sign, words, kind = 'plain') =>
  html`<span class="tag tag-${kind}">${icon(sign)}${t(words)}</span>`

/** The marks of a topic: pinned, locked, solved, waiting and the like. */
export const topicMarks = ({ isPinned, isSticky, isLocked, isAnnouncement, isSolved, status, deletedAt }) => [
  deletedAt && mark('trash', 'forum.deleted', 'bad'),
  status === 'pending' && mark('clock', 'forum.status.pending', 'busy'),
  status === 'rejected' && mark('close', 'forum.status.rejected', 'bad'),
  isAnnouncement && mark('announce', 'forum.announcement', 'busy'),
  (isPinned || isSticky) && mark('pin', 'forum.pinned'),
  isLocked && mark('lock', 'forum.locked'),
  isSolved && mark('check', 'forum.solved', 'good'),
].filter(Boolean)

/** A topic in a list. `isNamed`: with its category. */
export function topicRow(topic, { isNamed = false } = {}) {
  const { id, title, authorName, categoryName, replyCount, viewCount, lastPostAt, createdAt, unreadCount, tags } = topic
  const isUnread = unreadCount > 0
  return html`
    <li class="row forum-row" data-key="topic-${id}" ?data-unread=${isUnread}>
      <div class="row-name"><h3><a href="/forum/topics/${encodeURIComponent(id)}">${title}</a></h3>
        <p>${authorName}${isNamed && ` · ${categoryName}`} · <time-ago
          moment="${lastPostAt ?? createdAt}"></time-ago></p>
        <p class="forum-marks">${topicMarks(topic)}${tags.map(tag => html`<span
          class="tag tag-plain">#${tag}</span>`)}</p></div>
      <p class="forum-figures">${isUnread && html`<span class="tag forum-new">
          ${t('forum.unreadCount', { count: unreadCount })}</span>`}
        <span>${t('forum.replyCount', { count: replyCount })}</span>
        <span>${t('forum.viewCount', { count: viewCount })}</span></p>
    </li>`
}

/** Below the posts, while those to be moved are chosen: `unpick()` and `moveChosen()` of the page. */
export const splitBar = count => html`
  <div class="card forum-choosing" role="region" aria-label="${t('forum.split')}" data-key="choosing">
    <p role="status">${count ? t('forum.picked', { count }) : t('forum.pickSome')}</p>
    <div class="forum-post-actions"><button type="button" class="button" data-click="unpick">
      ${t('action.cancel')}</button>
      <button type="button" class="button button-primary" data-click="moveChosen" ?disabled=${!count}>
        ${t('forum.split')}…</button></div></div>`
