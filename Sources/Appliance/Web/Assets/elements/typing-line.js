import { ViewElement } from '../lib/element.js'
import { threadOf } from '../lib/chat/store.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** Who types in the channel `data-channel`. The line keeps its height when empty, so that nothing moves. */
class TypingLine extends ViewElement {
  static observedAttributes = ['data-channel']
  #stop = () => {}
  #channel = null
  #shown = null

  connected() { this.#enter() }

  disconnected() {
    this.#stop()
    this.#channel = null
  }

  attributeChangedCallback() { if (this.signal) this.#enter() }

  #enter() {
    const { channel } = this.dataset
    if (channel === this.#channel) return
    this.#stop()
    this.#channel = channel
    this.#stop = threadOf(channel).subscribe(({ typing }) => { if (typing !== this.#shown) this.update() })
    this.update()
  }

  view() {
    const { typing } = threadOf(this.dataset.channel).get()
    this.#shown = typing
    if (!typing.length) return html``
    const names = typing.slice(0, 2).map(({ name }) => name)
    const words = typing.length === 1 ? t('chat.types', { name: names[0] })
      : typing.length === 2 ? t('chat.typeTwo', { one: names[0], other: names[1] }) : t('chat.typeMany')
    return html`<p class="typing">
      <span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span>${words}</p>`
  }
}

customElements.define('typing-line', TypingLine)
