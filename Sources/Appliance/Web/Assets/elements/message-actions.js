import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { addReaction, answer, change, copyLink, copyText, erase, rightsOver, togglePin, toggleReaction } from '../lib/chat/message-actions.js'

const quick = ['👍', '❤️', '😂']

/**
 * The toolbar of a message; `of()` returns its current state. With `data-sheet`, on touch screens, a sheet
 * with labels.
 */
class MessageActions extends ViewElement {
  of = () => null

  connected() { this.setAttribute('role', 'toolbar') }

  view() {
    const message = this.of()
    if (!message) return html``
    const may = rightsOver(message)
    this.setAttribute('aria-label', t('chat.actions'))
    return html`
      ${may.react && html`<span class="quick">${quick.map(emoji => html`
        <button type="button" class="icon-button" data-click="quick" data-emoji="${emoji}"
          aria-label="${t('chat.reactWith', { emoji })}">${emoji}</button>`)}
        ${actionButton('more', 'react', 'chat.react', '+')}</span>`}
      ${may.reply && actionButton('answer', 'reply', 'chat.reply', 'r')}
      ${may.edit && actionButton('change', 'edit', 'chat.edit', 'e')}
      ${may.pin && actionButton('pin', 'pin', message.pinnedAt ? 'chat.unpin' : 'chat.pin')}
      ${message.text && this.hasAttribute('data-sheet') && actionButton('text', 'copy', 'chat.copyText')}
      ${actionButton('link', 'link', 'chat.copyLink')}
      ${may.remove && actionButton('erase', 'trash', 'chat.delete', '⌦', 'wary')}`
  }

  quick(_, button) { toggleReaction(this.of(), button.dataset.emoji); this.#done() }
  more(_, button) { addReaction(this.of(), button).then(() => this.#done()) }
  answer() { answer(this.of()); this.#done() }
  change() { change(this.of()); this.#done() }
  pin() { togglePin(this.of()); this.#done() }
  text() { copyText(this.of()); this.#done() }
  link() { copyLink(this.of()); this.#done() }
  erase() { erase(this.of()); this.#done() }

  #done() { if (this.hasAttribute('data-sheet')) this.dispatchEvent(new CustomEvent('done')) }
}

const actionButton = (method, sign, key, shortcut, extra = '') => html`
  <button type="button" class="icon-button ${extra}" data-click="${method}" aria-label="${t(key)}"
    title="${t(key)}${shortcut && ` (${shortcut})`}">${icon(sign)}<span class="action-words">${t(key)}</span>
    </button>`

customElements.define('message-actions', MessageActions)
