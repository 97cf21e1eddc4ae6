import { topicMarks } from './forum-signs.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The title of a topic with what can be done with it, by the methods of the page. */
export const topicHead = topic => html`
  <header class="page-head"><div><h1>${topic.title}</h1>
    ${topic.description && html`<p class="lead">${topic.description}</p>`}
    <p class="forum-marks">${topicMarks(topic)}${topic.tags.map(tag => html`<span
      class="tag tag-plain">#${tag}</span>`)}</p>
    ${topic.reason && html`<p class="quiet">${t('forum.rejectedFor', { reason: topic.reason })}</p>`}</div>
    ${actions(topic)}</header>`

function actions({ may, isFollowed, solutionId, status, replyCount }) {
  const moves = may.includes('moderate') && status === 'published'
  const button = (verb, sign, words, method) => may.includes(verb) && html`<button type="button"
    class="button" data-key="${method}" data-click="${method}">${icon(sign)}${t(words)}</button>`
  return html`<div class="head-actions">
    ${solutionId && html`<button type="button" class="button" data-key="solution" data-click="seeSolution">
      ${icon('check')}${t('forum.seeSolution')}</button>`}
    ${button('decide', 'check', 'forum.approve', 'approveTopic')}
    ${button('decide', 'close', 'forum.reject', 'rejectTopic')}
    <button type="button" class="button" data-key="follow" data-click="follow"
      title="${t('forum.followTopic')}" aria-pressed="${isFollowed ? 'true' : 'false'}">
      ${icon('bell')}${t(isFollowed ? 'forum.followed' : 'forum.follow')}</button>
    ${button('edit', 'edit', 'forum.edit', 'editTopic')}
    ${moves && button('moderate', 'copy', 'forum.merge', 'mergeTopic')}
    ${moves && replyCount > 0 && button('moderate', 'list', 'forum.split', 'splitTopic')}
    ${button('restore', 'reboot', 'forum.restore', 'restoreTopic')}
    ${may.includes('delete') && html`<button type="button" class="icon-button" data-key="delete"
      data-click="removeTopic" title="${t('do.delete')}" aria-label="${t('do.delete')}">
      ${icon('trash')}</button>`}</div>`
}
