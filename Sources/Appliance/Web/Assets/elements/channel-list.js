import { ViewElement } from '../lib/element.js'
import { get } from '../lib/api.js'
import { channelPath } from '../lib/channel-actions.js'
import { channelTitle, chat, reloadChannels } from '../lib/chat/store.js'
import { draftOf } from '../lib/drafts.js'
import { folded } from '../lib/emoji.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { presence } from '../lib/presence.js'
import { go } from '../lib/router.js'
import { singleton } from '../lib/singleton.js'
import { browseChannels } from './channel-browse.js'
import { newChannel } from './channel-dialog.js'
import { channelSign } from './channel-sign.js'
import { loadable, skeletons } from './loadable.js'
import { openSwitcher } from './quick-switcher.js'

/**
 * The list of the user's channels by type, with unread counts, a filter, and buttons to create and find
 * channels.
 */
class ChannelList extends ViewElement {
  #query = ''
  #archived = null

  connected() {
    this.watch(chat)
    this.watch(presence)
    if (draftOf('channel')) singleton('channel-dialog')
    this.listen(this, 'keydown', event => this.#pressed(event))
    this.listen(document, 'keydown', event => this.#everywhere(event))
    this.listen(this, 'toggle', event => { if (event.target.matches('.archived') && event.newState === 'open') this.#fetchArchived() }, { capture: true })
  }

  view() {
    return html`
      <nav class="channels" aria-label="${t('channels.title')}">
        <header class="channels-head"><h1>${t('channels.title')}</h1>
          <button type="button" class="icon-button" data-click="browse" aria-label="${t('channels.browse')}"
            title="${t('channels.browse')}">${icon('list')}</button>
          <button type="button" class="icon-button" data-click="jump" aria-label="${t('switcher.title')}"
            title="${t('switcher.title')} (Ctrl+K)">${icon('edit')}</button></header>
        <div class="filter" data-key="filter">
          ${icon('search')}<input class="input" type="search" id="channels-filter" data-input="filter"
            aria-label="${t('channels.filter')}" placeholder="${t('channels.filter')}" autocomplete="off"
            spellcheck="false"></div>
        ${this.#body()}
      </nav>`
  }

  #body() {
    const { ready, error, channels } = chat.get()
    return loadable({ value: ready ? channels : null, error }, () => this.#sections(channels), {
      waiting: skeletons('channel', 4),
    })
  }

  #sections(channels) {
    const mine = channels.filter(channel => !channel.archived && this.#matches(channel))
    const named = type => mine.filter(channel => channel.type === type)
      .sort((one, other) => other.isGeneral - one.isGeneral || one.name.localeCompare(other.name))
    return html`
      ${this.#section('public', named('public'), 'create', 'channels.new')}
      ${this.#section('private', named('private'), 'createPrivate', 'channels.newPrivate')}
      ${this.#section('direct', mine.filter(({ type }) => type === 'direct'), 'write', 'channels.write')}
      ${this.#query && !mine.length && html`<p class="channels-none" role="status">
        ${t('channels.none')} <button type="button" class="link" data-click="lookFurther">
          ${t('channels.further')}</button></p>`}
      ${this.#archivedPart(channels)}`
  }

  #section(kind, list, method, label) {
    if (this.#query && !list.length) return null
    return html`
      <section class="channels-section" data-key="section-${kind}" aria-labelledby="channels-${kind}">
        <header><h2 id="channels-${kind}">${t(`channels.${kind}`)}</h2>
          <button type="button" class="icon-button" data-click="${method}" aria-label="${t(label)}"
            title="${t(label)}">${icon('plus')}</button></header>
        ${list.length ? html`<ul>${list.map(channel => this.#row(channel))}</ul>`
          : html`<p class="channels-empty">${t(`channels.no.${kind}`)}</p>`}
      </section>`
  }

  #row(channel) {
    const { id, unread = 0, mentions = 0, muted, archived } = channel
    const isCurrent = chat.get().current === String(id)
    const calls = channel.type === 'direct' && !muted ? unread : mentions
    const waits = unread > 0 && (!muted || mentions > 0)
    return html`
      <li data-key="channel-${id}">
        <a class="channel" href="${channelPath(id)}" ${isCurrent && html`aria-current="page"`}
          ?data-unread=${waits} ?data-muted=${muted} ?data-archived=${archived}
          tabindex="${isCurrent ? 0 : -1}">
        ${channelSign(channel)}<span class="channel-name">${channelTitle(channel)}</span>
        ${muted && html`<span class="channel-muted" title="${t('channels.muted')}">${icon('mute')}<span
          class="visually-hidden">${t('channels.muted')}</span></span>`}
        ${calls > 0 ? html`<span class="badge badge-call"><span aria-hidden="true">${channel.type === 'direct'
          ? '' : '@'}${calls > 99 ? '99+' : calls}</span><span
            class="visually-hidden">${t('channels.calls', { count: calls })}</span></span>`
          : unread > 0 && html`<span class="badge"><span
            aria-hidden="true">${unread > 99 ? '99+' : unread}</span><span
            class="visually-hidden">${t('channels.unread', { count: unread })}</span></span>`}
      </a></li>`
  }

  #archivedPart(channels) {
    if (this.#query) return null
    const list = this.#archived ?? channels.filter(({ archived }) => archived)
    return html`<details class="archived" data-key="archived"><summary>${t('channels.archived')}</summary>
      ${list.length ? html`<ul>${list.map(channel => this.#row(channel))}</ul>`
        : html`<p class="channels-empty">
          ${t(this.#archived ? 'channels.no.archived' : 'app.loading')}</p>`}</details>`
  }

  async #fetchArchived() {
    try {
      this.#archived = (await get('/api/chat/channels?archived=1', { signal: this.signal })).filter(({ archived }) => archived)
      this.update()
    } catch { /* the next opening asks again */ }
  }

  drawn() {
    const links = this.#links()
    if (links.length && !links.some(link => link.tabIndex === 0)) links[0].tabIndex = 0
  }

  #matches(channel) { return !this.#query || folded(channelTitle(channel)).includes(folded(this.#query)) || folded(channel.with?.username ?? '').startsWith(folded(this.#query)) }
  #links() { return [...this.querySelectorAll('a.channel')].filter(link => link.checkVisibility()) }

  #pressed(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const isFilter = event.target.id === 'channels-filter'
    const links = this.#links()
    const at = links.indexOf(event.target)
    if (isFilter && event.key === 'Enter' && this.#query && links.length) links[0].click()
    else if (isFilter && event.key === 'Escape' && this.#query) this.#clear()
    else if (isFilter && event.key === 'ArrowDown') links[0]?.focus()
    else if (at >= 0 && event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)].focus()
    else if (at >= 0 && event.key === 'ArrowUp') (links[at - 1] ?? this.querySelector('#channels-filter')).focus()
    else if (at >= 0 && event.key === 'Home') links[0].focus()
    else if (at >= 0 && event.key === 'End') links.at(-1).focus()
    else return
    event.preventDefault()
  }

  /**
   * Alt with an arrow goes to the next channel, with Shift to the next unread one.
   */
  #everywhere(event) {
    if (event.isComposing || document.querySelector('dialog[open]')) return
    if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
    const links = [...this.querySelectorAll('.channels-section a.channel')]
    const at = links.findIndex(link => link.hasAttribute('aria-current'))
    const around = event.key === 'ArrowDown' ? [...links.slice(at + 1), ...links.slice(0, Math.max(0, at))] : [...links.slice(0, Math.max(0, at)).reverse(), ...links.slice(at + 1).reverse()]
    const next = event.shiftKey ? around.find(link => link.hasAttribute('data-unread')) : around[0]
    event.preventDefault()
    if (next) go(next.pathname)
  }

  #clear() {
    this.querySelector('#channels-filter').value = ''
    this.#query = ''
    this.update()
  }

  filter(_, input) {
    this.#query = input.value.trim()
    this.update()
  }

  again() { reloadChannels() }
  browse() { browseChannels() }
  jump() { openSwitcher() }
  write() { openSwitcher({ people: true }) }
  lookFurther() { openSwitcher({ query: this.#query }) }
  create() { newChannel('public') }
  createPrivate() { newChannel('private') }
}

customElements.define('channel-list', ChannelList)
