import { get } from '../lib/api.js'
import { goToMessage } from '../lib/channel-actions.js'
import { isChannelAdmin, isModerator } from '../lib/channel-rights.js'
import { channelOf, pin } from '../lib/chat/store.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { PanelElement } from '../lib/panel-element.js'
import { session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { emptyState } from './empty-state.js'
import { foundHead } from './found-head.js'
import { briefly, loadable, skeletons } from './loadable.js'

/** The panel with the pinned messages of a channel, to go to or to unpin. */
class ChannelPins extends PanelElement {
  #list = new Loader(this, signal => get(`/api/chat/channels/${encodeURIComponent(this.channel)}/pins`, { signal }))
  #of = null

  get panelName() { return 'pins' }
  get titleKey() { return 'pins.title' }

  connected() {
    super.connected()
    for (const type of ['CHAT_PINNED', 'CHAT_DELETED', 'CHAT_EDITED'])
      this.listen(socket, type, ({ detail }) => { if (this.isShown && String(detail.channel) === this.channel) this.#list.load() })
    this.listen(socket, 'catch-up', () => { if (this.isShown) this.#list.load() })
  }

  opened() {
    if (this.#of !== this.channel) this.#list.clear()
    this.#of = this.channel
    this.#list.load()
  }

  inside() {
    return loadable(this.#list, list =>
      html`<ul class="founds">${list.map(message => this.#row(message))}</ul>`, {
      waiting: skeletons('channel', 2), failed: briefly,
      empty: emptyState({ icon: 'pin', title: t('pins.none'), text: t(this.#mayPin ? 'pins.noneText' : 'pins.noneTextMember') }),
    })
  }

  get #mayPin() {
    const channel = channelOf(this.channel)
    return Boolean(channel) && !channel.archived && (channel.type === 'direct' || isChannelAdmin(channel) || isModerator() || String(channel.createdBy) === String(session.get().user?.id))
  }

  #row({ id, authorId, authorName, text, files = [], createdAt }) {
    const may = this.#mayPin
    return html`<li class="found" data-key="pin-${id}">
      ${foundHead({ id: authorId, name: authorName }, createdAt)}
      <button type="button" class="found-place" data-click="jump" data-id="${id}">
        <span class="found-text">${text || files.map(({ fileName }) => fileName).join(', ')}</span></button>
      ${may && html`<button type="button" class="icon-button" data-click="unpin" data-id="${id}"
        aria-label="${t('pins.unpinOf', { name: authorName })}" title="${t('pins.unpin')}">
        ${icon('close')}</button>`}
    </li>`
  }

  jump(_, { dataset: { id } }) {
    if (matchMedia('(max-width: 60rem)').matches) this.shut()
    goToMessage({ channel: this.channel, id })
  }

  async unpin(_, { dataset: { id } }) {
    const message = this.#list.value.find(one => one.id === id)
    try {
      await pin(message, false)
      this.#list.set(this.#list.value.filter(one => one.id !== id))
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('channel-pins', ChannelPins)
