import '../elements/channel-head.js'
import '../elements/channel-list.js'
import '../elements/channel-people.js'
import '../elements/channel-pins.js'
import '../elements/chat-composer.js'
import '../elements/chat-search.js'
import '../elements/chat-thread.js'
import { emptyState } from '../elements/empty-state.js'
import { followKeyboard } from '../lib/chat/keyboard.js'
import { channelOf, channelTitle, chat, jumpTo, openChannel } from '../lib/chat/store.js'
import { panel } from '../lib/chat-panel.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { go, place, route } from '../lib/router.js'

/** The chat: the channels, the thread of the open one, and a panel; on a narrow screen one at a time. */
class ChatPage extends ViewElement {
  static observedAttributes = ['data-view', 'data-panel']

  connected() {
    this.watch(place, () => this.#arrive())
    this.watch(chat)
    this.watch(panel)
    followKeyboard(this.signal)
    this.#arrive()
  }

  disconnected() { openChannel(null) }

  /** Rendering the frame removes the attributes that this page sets on itself; they are set again. */
  attributeChangedCallback(_, before, now) { if (now === null) this.update() }

  get #id() { return place.get().path.startsWith('/chat') ? place.get().parameters.id ?? null : null }

  /** Opens the channel of the path, at the message of the query. */
  #arrive() {
    const id = this.#id
    openChannel(id)
    const message = place.get().query.get('message')
    if (id && /^\d+$/.test(message ?? '')) jumpTo(id, message)
    this.update()
  }

  view() {
    const id = this.#id
    this.dataset.view = id ? 'thread' : 'list'
    this.toggleAttribute('data-panel', Boolean(panel.get().name) && Boolean(id))
    return html`
      <h1 class="visually-hidden chat-title" data-key="title">
        ${(id && this.#title(id)) || t('chat.title')}</h1>
      <div class="chat-side" data-key="side"><channel-list data-key="channels"></channel-list></div>
      ${id ? html`
        <section class="chat-main" data-key="main" aria-label="${this.#title(id) ?? t('chat.title')}">
          <channel-head data-key="head" data-channel="${id}"></channel-head>
          <chat-thread data-key="thread" data-channel="${id}"></chat-thread>
          <chat-composer data-key="composer" data-channel="${id}"></chat-composer>
        </section>
        <aside class="chat-panel" data-key="panel">
          <chat-search data-key="search" data-channel="${id}"></chat-search>
          <channel-people data-key="people" data-channel="${id}"></channel-people>
          <channel-pins data-key="pins" data-channel="${id}"></channel-pins>
        </aside>` : html`<section class="chat-main chat-none" data-key="none">
        ${emptyState({ icon: 'chat', title: t('chat.choose'), text: t('chat.chooseText') })}</section>`}`
  }

  #title(id) {
    const channel = channelOf(id)
    return channel && (channel.type === 'public' ? `#${channelTitle(channel)}` : channelTitle(channel))
  }

  /** On a wide screen opens a channel by itself: the one used last, or the general one. */
  drawn() {
    const { ready, channels } = chat.get()
    if (!this.#id && ready && channels.length && place.get().path === '/chat' && matchMedia('(min-width: 60.01rem)').matches) {
      const first = channels.find(channel => channel.id === lastOpen.get()) ?? channels.find(channel => channel.isGeneral) ?? channels[0]
      return go(`/chat/${encodeURIComponent(first.id)}`, { replace: true })
    }
    if (this.#id) lastOpen.set(this.#id)
    const title = this.#id && this.#title(this.#id)
    if (title) document.title = `${title} · OBox`
  }
}

const lastOpen = {
  get() { try { return sessionStorage.getItem('obox.chat.open') } catch { return null } },
  set(id) { try { sessionStorage.setItem('obox.chat.open', id) } catch { /* storage is off */ } },
}

customElements.define('chat-page', ChatPage)
route(['/chat', '/chat/:id'], () => html`<chat-page data-key="chat"></chat-page>`,
  { access: 'signedIn', title: 'chat.title' })
