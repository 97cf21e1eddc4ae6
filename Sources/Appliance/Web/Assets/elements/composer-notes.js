import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { number } from '../lib/format.js'
import { tooLong } from '../lib/composer.js'

/** The message being replied to or edited, with a button to cancel. */
export function composerAbout({ editing, replyingTo }) {
  if (!editing && !replyingTo) return null
  const words = editing ? t('compose.editing') : t('compose.replying', { name: replyingTo.authorName })
  const text = editing ? '' : replyingTo.text || replyingTo.files?.[0]?.fileName || ''
  return html`
    <div class="composer-about" data-key="about">${icon(editing ? 'edit' : 'reply')}
      <p><strong>${words}</strong> <span>${text.slice(0, 160)}</span></p>
      <button type="button" class="icon-button" data-click="giveUp"
        aria-label="${t(editing ? 'compose.stopEditing' : 'compose.stopReplying')}"
        title="${t('action.cancel')} (${t('compose.escape')})">${icon('close')}</button>
    </div>`
}

/** Why the message cannot be sent now, and what can be done. */
export function composerNotes({ long, length, slow, offline, refused, awaits }) {
  const notes = []
  if (long) notes.push(html`<p class="composer-wrong" data-key="long">
    ${t('compose.tooLong', { length: number(length), most: number(tooLong) })}
    <button type="button" class="link" data-click="asFile">${t('compose.asFile')}</button></p>`)
  else if (length) notes.push(html`<p data-key="length">
    ${t('compose.left', { count: tooLong - length })}</p>`)
  if (slow) notes.push(html`<p data-key="slow" role="timer">${t('compose.slow', { count: slow })}</p>`)
  if (refused) notes.push(html`<p class="composer-wrong" data-key="refused">${t('compose.refused')}</p>`)
  else if (awaits) notes.push(html`<p data-key="awaits">${t('compose.awaits')}</p>`)
  if (offline) notes.push(html`<p data-key="offline">${t('compose.offline')}</p>`)
  return html`<div class="composer-notes" id="composer-notes" data-key="notes"
    aria-live="polite">${notes}</div>`
}
