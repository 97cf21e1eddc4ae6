import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { addReaction, answer, change, copyLink, copyText, erase, rightsOver, togglePin, toggleReaction } from '../lib/chat/message-actions.js'

const quick = ['👍', '❤️', '😂']

/** What can be done with one message; `of()` gives it as it is now. On a touch screen (`data-sheet`) a sheet with words. */
class MessageActs extends ViewElement {
  of = () => null

  connected() { this.setAttribute('role', 'toolbar') }

  view() {
    const message = this.of()
    if (!message) return html``
    const may = rightsOver(message)
    this.setAttribute('aria-label', t('chat.acts'))
    return html`
      ${may.react && html`<span class="quick">${quick.map(emoji => html`
        <button type="button" class="icon-button" data-click="quick" data-emoji="${emoji}" aria-label="${t('chat.reactWith', { emoji })}">${emoji}</button>`)}
        ${deed('more', 'react', 'chat.react', '+')}</span>`}
      ${may.reply && deed('answer', 'reply', 'chat.reply', 'r')}
      ${may.edit && deed('change', 'edit', 'chat.edit', 'e')}
      ${may.pin && deed('pin', 'pin', message.pinnedAt ? 'chat.unpin' : 'chat.pin')}
      ${message.text && this.hasAttribute('data-sheet') && deed('text', 'copy', 'chat.copyText')}
      ${deed('link', 'link', 'chat.copyLink')}
      ${may.remove && deed('erase', 'trash', 'chat.delete', '⌦', 'wary')}`
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

const deed = (method, sign, key, shortcut, extra = '') => html`
  <button type="button" class="icon-button ${extra}" data-click="${method}" aria-label="${t(key)}" title="${t(key)}${shortcut && ` (${shortcut})`}">${icon(sign)}<span class="deed-words">${t(key)}</span></button>`

customElements.define('message-acts', MessageActs)
