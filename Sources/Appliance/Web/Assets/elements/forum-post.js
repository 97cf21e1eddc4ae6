import './forum-composer.js'
import './rich-text.js'
import './time-ago.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { reactions } from '../lib/forum.js'
import { filesMarkup } from './message-files.js'
import { face } from './presence-list.js'

/**
 * A post of a topic; its buttons call methods of the page around it. `isEdited`: it is being edited; `isChosen`: whether it
 * is among those to be moved, undefined unless some are chosen.
 */
export function forumPost(post, { isEdited, isChosen }) {
  if (post.isDeleted && !post.may.includes('restore')) return html`
    <li class="forum-post forum-post-gone" data-key="post-${post.id}" id="post-${post.id}">
      ${icon('trash')}<p>${t('forum.removed', { name: post.deletedByName })} · <time-ago
        moment="${post.deletedAt}"></time-ago></p></li>`
  const { id, topicId, authorId, authorName, html: text, isSolution, status, quote, files } = post
  return html`
    <li class="forum-post" data-key="post-${id}" id="post-${id}" tabindex="-1"
      ?data-solution=${isSolution} ?data-gone=${post.isDeleted} ?data-chosen=${isChosen}>
      ${face({ id: authorId ?? 0, name: authorName })}
      <article aria-labelledby="post-${id}-head">
        ${isChosen !== undefined && maySplit(post) && html`<label class="check"><input type="checkbox"
          data-change="pick" data-id="${id}" ?checked=${isChosen}><span>${t('forum.pick')}</span></label>`}
        <header class="forum-post-head" id="post-${id}-head">${authorId ? html`<button type="button"
            class="link" data-person-card="${authorId}">${authorName}</button>`
            : html`<strong>${authorName}</strong>`}
          <a class="quiet" href="/forum/posts/${encodeURIComponent(id)}"><time-ago
            moment="${post.createdAt}"></time-ago></a>
          ${post.isEdited && html`<span class="quiet">${t('forum.edited')}</span>`}
          ${isSolution && html`<span class="tag tag-good">${icon('check')}${t('forum.solution')}</span>`}
          ${post.isDeleted && html`<span class="tag tag-bad">${icon('trash')}
            ${t('forum.removed', { name: post.deletedByName })}</span>`}
          ${status !== 'published' && html`<span class="tag ${status === 'rejected' && 'tag-bad'}">
            ${t(`forum.status.${status}`)}</span>`}</header>
        ${status === 'rejected' && html`<p class="quiet">
          ${post.reason && t('forum.rejectedFor', { reason: post.reason })} ${t('forum.editAgain')}</p>`}
        ${quote && html`<blockquote class="forum-quote">
          <a href="/forum/posts/${encodeURIComponent(quote.id)}">${quote.authorName}</a>
          <p>${quote.text}</p></blockquote>`}
        ${isEdited ? html`<forum-composer data-key="edit-${id}" post="${id}" topic="${topicId}"
          value="${post.content}"></forum-composer>`
        : html`<rich-text class="prose" html="${text}"></rich-text>${filesMarkup(files)}
        ${foot(post)}`}
      </article></li>`
}

/** Whether a post can be moved to a topic of its own. */
const maySplit = ({ isFirstPost, isDeleted, status }) => !isFirstPost && !isDeleted && status === 'published'

function foot({ id, may, reactions: counts, myReaction, isSolution }) {
  const reacting = may.includes('react')
  const button = (verb, sign, words, method = verb) => may.includes(verb) && html`<button type="button"
    class="button button-small" data-click="${method}" data-id="${id}">${icon(sign)}${t(words)}</button>`
  return html`
    <footer class="forum-post-foot">
      <div class="forum-reactions" role="group" aria-label="${t('forum.reactions')}">
        ${Object.entries(reactions).map(([kind, sign]) => (reacting || counts[kind] > 0) && html`<button
          type="button" class="forum-reaction" data-click="react" data-id="${id}" data-kind="${kind}"
          ?disabled=${!reacting} aria-pressed="${myReaction === kind ? 'true' : 'false'}"
          title="${t(`forum.react.${kind}`)}" aria-label="${t(`forum.react.${kind}`)} ${counts[kind] || ''}">
          <span aria-hidden="true">${sign}</span>${counts[kind] > 0 && counts[kind]}</button>`)}</div>
      <div class="forum-post-actions">
        ${button('decide', 'check', 'forum.approve', 'approve')}${button('decide', 'close', 'forum.reject', 'reject')}
        ${button('quote', 'reply', 'forum.quote')}
        ${button('solve', 'check', isSolution ? 'forum.unsolve' : 'forum.solve')}
        ${button('edit', 'edit', 'forum.edit')}${button('history', 'clock', 'forum.earlierTexts')}
        ${button('report', 'warning', 'forum.report')}${button('delete', 'trash', 'do.delete', 'removePost')}
        ${button('restore', 'reboot', 'forum.restore', 'restorePost')}</div>
    </footer>`
}
