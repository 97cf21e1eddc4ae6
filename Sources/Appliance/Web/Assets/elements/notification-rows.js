import './time-ago.js'
import { plainText } from '../lib/chat/markdown.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { iconOf } from '../lib/notifications.js'

/** Whether its text is a chat message, in Markdown. */
const isSaid = ({ kind }) => ['mention', 'reply', 'direct_message'].includes(kind)

/**
 * A row of a list of notifications, with further `actions`. The surrounding element has the methods `follow`
 * and `mark`.
 */
export const notificationRow = (item, actions = '') => html`
  <li class="note-row" data-key="note-${item.id}" data-kind="${item.kind}" ?data-unread=${!item.read}>
    <a class="told" href="${item.link || '/notifications'}" data-click="follow" data-id="${item.id}">
      <span class="note-sign">${icon(iconOf(item))}</span>
      <span class="note-text"><strong>${item.title}</strong>${item.message
        && html`<span>${isSaid(item) ? plainText(item.message) : item.message}</span>`}
        <small><time-ago moment="${item.createdAt}"></time-ago>${!item.read
          && html`<span class="visually-hidden"> · ${t('notify.unread')}</span>`}</small></span>
    </a>
    ${!item.read && html`<button type="button" class="note-mark" data-click="mark" data-id="${item.id}"
      title="${t('notify.mark')}" aria-label="${t('notify.markOf', { title: item.title })}"><i></i></button>`}
    ${actions}
  </li>`
