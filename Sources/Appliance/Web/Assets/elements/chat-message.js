import { exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { plainText } from '../lib/chat/markdown.js'
import { textMarkup } from '../lib/chat/markup.js'
import { nameOf } from '../lib/chat/names.js'
import { clock, dayTitle } from '../lib/chat/times.js'
import { isHere } from '../lib/presence.js'
import { filesMarkup } from './message-files.js'
import { face } from './presence-list.js'

/** The markup of a row of a thread; `user` is the reader. */
export function rowMarkup(row, user) {
  switch (row.kind) {
    case 'day': return html`<span>${dayTitle(row.moment)}</span>`
    case 'new': return html`<span>${t('chat.new')}</span>`
    case 'seen': return html`<span>${icon('check')}${t('chat.seen')}</span>`
    case 'pending': return pendingMarkup(row, user)
    case 'message': return messageMarkup(row, user)
  }
}

const author = message => message.authorName || t('chat.someone')

function messageMarkup({ message, grouped }, user) {
  const gone = Boolean(message.deletedAt)
  return html`
    ${!gone && message.reply && quoteMarkup(message.reply)}
    ${side({ ...message, grouped })}
    <div class="message-body">
      <header class="message-head ${grouped && 'visually-hidden'}" id="h-${message.id}">
        <strong>${message.authorId
          ? html`<button type="button" class="name-button" data-person-card="${message.authorId}">
            ${author(message)}</button>` : author(message)}</strong> <time datetime="${message.createdAt}"
              title="${exact(message.createdAt)}">${clock(message.createdAt)}</time>
        ${message.pinnedAt && !gone
          && html`<span class="message-mark">${icon('pin')}${t('chat.pinned')}</span>`}
      </header>
      ${grouped && message.pinnedAt && !gone
        && html`<span class="message-mark" aria-hidden="true">${icon('pin')}${t('chat.pinned')}</span>`}
      <div class="message-text" id="t-${message.id}">
        ${gone ? deleted(message) : textMarkup(message.text, user)}${message.editedAt && !gone
          && html`<small class="edited" title="${exact(message.editedAt)}">${t('chat.edited')}</small>`}</div>
      ${!gone && filesMarkup(message.files)}
      ${!gone && reactionsMarkup(message, String(user?.id))}
    </div>`
}

function side({ authorId, authorName, createdAt, grouped }) {
  if (grouped) return html`<span class="message-side"
    aria-hidden="true"><time>${clock(createdAt)}</time></span>`
  return html`<span class="message-side" aria-hidden="true"
    ${authorId && html`data-person-card="${authorId}"`}>${face({ id: authorId, name: authorName })}<i
    class="dot" data-person="${authorId}" ?data-live=${isHere(authorId)}></i></span>`
}

function deleted({ deletedBy, authorId }) {
  const byAnother = deletedBy && String(deletedBy) !== String(authorId)
  return html`<p class="deleted">
    ${icon('trash')}${t(byAnother ? 'chat.deletedByAnother' : 'chat.deleted')}</p>`
}

function quoteMarkup({ id, authorName, text, deleted: gone }) {
  const words = gone ? t('chat.deleted') : plainText(text) || t('chat.aFile')
  return html`<button type="button" class="quote" data-click="jump" data-id="${id}"
    aria-label="${t('chat.answered', { name: authorName || t('chat.someone'), text: words })}">
    <span class="quote-hook"></span><strong>${authorName || t('chat.someone')}</strong><span
      class="quote-text">${words}</span></button>`
}

/** The names of those who reacted: "Claire, Nora and 3 more". */
function whoReacted(users, own) {
  const mine = users.includes(own)
  const known = users.filter(id => id !== own).map(nameOf).filter(Boolean)
  const names = [...(mine ? [t('chat.you')] : []), ...known].slice(0, 12)
  const others = users.length - names.length
  if (!names.length) return t('chat.people', { count: users.length })
  return others > 0 ? t('chat.andMore', { names: names.join(', '), count: others }) : names.join(', ')
}

function reactionsMarkup({ reactions = [] }, own) {
  if (!reactions.length) return null
  return html`
    <div class="reactions">${reactions.map(({ emoji, users }) => {
      const who = whoReacted(users, own)
      return html`<button type="button" class="reaction" data-click="toggle" data-emoji="${emoji}"
        aria-pressed="${users.includes(own) ? 'true' : 'false'}" title="${who}" aria-label="${emoji} ${who}">
        <span>${emoji}</span><b>${users.length}</b></button>`
    })}<button type="button" class="reaction reaction-add" data-click="addReaction"
      aria-label="${t('chat.react')}" title="${t('chat.react')}">${icon('react')}</button></div>`
}

/** A message not yet confirmed, or refused with the reason and buttons to send it again or discard it. */
function pendingMarkup({ message, grouped }, user) {
  const refused = message.state === 'refused'
  return html`
    ${message.reply && quoteMarkup(message.reply)}
    ${side({ authorId: String(user?.id), authorName: user?.name || user?.username,
      createdAt: message.createdAt, grouped })}
    <div class="message-body">
      <header class="message-head ${grouped && 'visually-hidden'}">
        <strong>${user?.name || user?.username}</strong> <time>${clock(message.createdAt)}</time></header>
      <div class="message-text">${textMarkup(message.text, user)}</div>
      ${filesMarkup(message.files)}
      ${refused ? html`<p class="refused" role="alert">${icon('warning')}<span>${message.error}</span>
          <button type="button" class="link" data-click="retry" data-id="${message.clientId}">
            ${t('action.retry')}</button>
          <button type="button" class="link" data-click="discard" data-id="${message.clientId}">
            ${t('chat.discard')}</button></p>`
        : html`<small class="sending">${icon('clock')}${t(message.state === 'waiting' ? 'chat.waiting'
        : 'chat.sending')}</small>`}
    </div>`
}
