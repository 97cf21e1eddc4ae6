import './time-ago.js'
import { ViewElement } from '../lib/element.js'
import { exportPath, joinChannel, leaveChannel, setArchived, setMuted } from '../lib/channel-actions.js'
import { isChannelAdmin } from '../lib/channel-rights.js'
import { channelOf, channelTitle, chat } from '../lib/chat/store.js'
import { panel, togglePanel } from '../lib/chat-panel.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { menuKeys, openMenu } from '../lib/menu.js'
import { isHere, presence } from '../lib/presence.js'
import { session } from '../lib/session.js'
import { askDeleteChannel } from './channel-delete.js'
import { channelSettings } from './channel-dialog.js'
import { channelSign } from './channel-sign.js'

/** The head of a channel: its name, topic, number of members, panels and menu. */
class ChannelHead extends ViewElement {
  static observedAttributes = ['data-channel']

  connected() {
    for (const store of [chat, panel, presence, session]) this.watch(store)
    this.listen(this, 'keydown', event => { menuKeys(event, event.target.closest('.menu')) })
    this.listen(document, 'keydown', event => this.#everywhere(event), { capture: true })
  }

  get channel() { return channelOf(this.dataset.channel) }

  view() {
    const { channel } = this
    if (!channel) return html`<header class="channel-head" data-key="head">${this.#back()}</header>`
    const { type, memberCount, archived, joined, isGeneral } = channel
    return html`
      <header class="channel-head" data-key="head">
        ${this.#back()}
        ${channelSign(channel)}
        <div class="channel-title"><h2>
          ${channelTitle(channel)}${archived
            && html` <span class="tag tag-quiet">${t('channel.isArchived')}</span>`}</h2>
          ${type === 'direct' ? this.#presence(channel) : channel.topic
            && html`<p title="${channel.topic}">${channel.topic}</p>`}</div>
        <div class="channel-tools">
          ${joined === false && !isGeneral && !archived
            && html`<button type="button" class="button button-small button-primary" data-key="join"
              data-click="join">${t('channels.join')}</button>`}
          ${type !== 'direct' && this.#tool('people', 'people', t('channel.people', { count: memberCount }),
            html`<span class="tool-count" aria-hidden="true">${memberCount}</span>`)}
          ${this.#tool('pins', 'pin', t('pins.title'))}
          ${this.#tool('search', 'search', t('search.title'))}
          ${joined !== false && html`<button type="button" class="icon-button tool-wide" data-key="mute"
            data-click="mute" aria-pressed="${channel.muted ? 'true' : 'false'}"
            aria-label="${t('channel.mute')}" title="${t(channel.muted ? 'channel.unmute' : 'channel.mute')}">
            ${icon(channel.muted ? 'mute' : 'bell')}</button>`}
          <button type="button" class="icon-button" data-key="more" data-click="menu" aria-haspopup="menu"
            aria-label="${t('channel.more')}" title="${t('channel.more')}">${icon('more')}</button>
        </div>
        <div class="menu" popover role="menu" data-key="menu" aria-label="${t('channel.more')}">
          ${this.#items(channel)}</div>
      </header>`
  }

  #back() {
    return html`<a class="icon-button channel-back" data-key="back" href="/chat"
      aria-label="${t('channels.title')}">${icon('back')}</a>`
  }

  #presence({ with: other }) {
    return html`<p>${isHere(other?.id) ? t('people.isHere') : other?.lastSeen
      ? html`${t('person.lastHere')} <time-ago moment="${other.lastSeen}"></time-ago>`
      : html`@${other?.username}`}</p>`
  }

  #tool(name, sign, label, more = null) {
    const open = panel.get().name === name
    return html`<button type="button" class="icon-button ${more ? 'tool-counted' : ''}" data-key="${name}"
      data-click="toggle" data-panel="${name}" aria-expanded="${open ? 'true' : 'false'}"
      aria-label="${label}" title="${label}">${icon(sign)}${more}</button>`
  }

  #items(channel) {
    const { type, isGeneral, joined, archived, id, muted } = channel
    const admin = isChannelAdmin(channel)
    const item = (action, sign, label, extra = '') =>
      html`<button type="button" role="menuitem" tabindex="-1" class="${extra}" data-key="item-${action}"
        data-click="perform" data-action="${action}">${icon(sign)}<span>${label}</span></button>`
    const load = format => html`<a role="menuitem" tabindex="-1" data-key="item-${format}"
      href="${exportPath(id, format)}" download
      data-click="shutMenu">${icon('download')}<span>${t(`channel.export.${format}`)}</span></a>`
    return html`
      ${joined !== false && item('mute', muted ? 'bell' : 'mute', t(muted ? 'channel.unmute'
        : 'channel.mute'), 'menu-narrow')}
      ${admin && !archived && item('settings', 'edit', t('channel.settings'))}
      ${admin && html`${load('text')}${load('json')}`}
      ${joined !== false && type !== 'direct' && !isGeneral && !archived
        && item('leave', 'out', t('channel.leave'))}
      ${admin && !isGeneral && item('archive', 'archive', t(archived ? 'channel.unarchive'
        : 'channel.archive'))}
      ${admin && !isGeneral && item('delete', 'trash', t('channel.delete'), 'menu-wary')}`
  }

  /** In the chat, "/" opens the search for messages. */
  #everywhere(event) {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.target.closest?.('input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]')) return
    event.preventDefault()
    event.stopPropagation()
    if (panel.get().name !== 'search') togglePanel('search')
    else document.querySelector('#chat-search')?.focus()
  }

  menu(_, button) { openMenu(button, this.querySelector('.menu')) }
  shutMenu() { this.querySelector('.menu').hidePopover() }
  toggle(_, { dataset }) { togglePanel(dataset.panel) }
  join() { joinChannel(this.dataset.channel) }
  mute() { setMuted(this.channel, !this.channel.muted) }

  perform(_, { dataset: { action } }) {
    const { channel } = this
    this.shutMenu()
    this.querySelector('[data-key=more]').focus()
    if (action === 'mute') setMuted(channel, !channel.muted)
    if (action === 'settings') channelSettings(channel.id)
    if (action === 'leave') leaveChannel(channel)
    if (action === 'archive') setArchived(channel, !channel.archived)
    if (action === 'delete') askDeleteChannel(channel)
  }
}

customElements.define('channel-head', ChannelHead)
