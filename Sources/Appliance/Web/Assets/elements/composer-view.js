import './composer-files.js'
import { channelTitle } from '../lib/chat/store.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { isTouch } from '../lib/text-box.js'
import { mostFiles } from '../lib/uploads.js'
import { choiceList } from './composer-choices.js'
import { composerAbout, composerNotes } from './composer-notes.js'

/** The markup of the composer. `drops`: files are being dragged over it. */
export function composerView({ channel, editing, replyingTo, autocomplete, state, drops }) {
  const { isOpen, active, choices } = autocomplete
  const kind = editing ? 'compose.labelEdit' : channel.type === 'direct' ? 'compose.labelDirect' : 'compose.label'
  const label = t(kind, { name: channelTitle(channel) })
  const [send, attach, emoji] = [t(editing ? 'compose.save' : 'compose.send'), t('compose.attach'), t('compose.emoji')]
  return html`
    <form class="composer" data-key="composer" data-submit="send" novalidate>
      ${choiceList(autocomplete)}
      ${composerAbout({ editing, replyingTo })}
      <composer-files data-key="files" data-channel="${channel.id}"></composer-files>
      <div class="composer-row" data-key="row">
        <button type="button" class="icon-button" data-key="attach" data-click="choose"
          ?disabled=${Boolean(editing)} aria-label="${attach}" title="${attach}">${icon('clip')}</button>
        <input type="file" data-key="file" multiple hidden tabindex="-1" data-change="picked"
          aria-label="${attach}">
        <textarea id="composer-text" rows="1" data-input="typed" aria-label="${label}" placeholder="${label}"
          autocomplete="off" aria-autocomplete="list" aria-haspopup="listbox"
          aria-controls="composer-choices" aria-describedby="composer-notes"
          ${isOpen && html`aria-activedescendant="choice-${active}"`}
          enterkeyhint="${isTouch() ? 'enter' : 'send'}"></textarea>
        <button type="button" class="icon-button" data-key="emoji" data-click="emoji" aria-haspopup="dialog"
          aria-label="${emoji}" title="${emoji}">${icon('smile')}</button>
        <button class="icon-button composer-send" data-key="send" ?disabled=${!state.ready}
          ?data-busy=${state.awaits} aria-label="${send}" title="${send} (${t('compose.enter')})">
          ${icon(editing ? 'check' : 'send')}</button>
      </div>
      ${composerNotes(state)}
      <p class="visually-hidden" role="status" data-key="said">
        ${isOpen && t('compose.choices', { count: choices.length })}</p>
    </form>
    <div class="drop-hint" data-key="drop" ?hidden=${!drops} aria-hidden="true"><p>
      ${icon('clip')}<span>${t('compose.drop', { count: mostFiles })}</span></p></div>`
}
