import { ViewElement } from '../lib/element.js'
import { get } from '../lib/api.js'
import { joinChannel, openPath } from '../lib/channel-actions.js'
import { withDialog } from '../lib/dialogs.js'
import { folded } from '../lib/emoji.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { singleton } from '../lib/singleton.js'
import { newChannel } from './channel-dialog.js'
import { dialogHead } from './dialog-parts.js'
import { briefly, loadable, skeletons } from './loadable.js'

/** A dialog with the public channels, to open or to join: `browseChannels()`. */
class ChannelBrowse extends withDialog(ViewElement) {
  #isOpen = false
  #list = new Loader(this, async signal => {
    const list = await get('/api/chat/channels?browse=1', { signal })
    return list.sort((one, other) => one.joined - other.joined || one.name.localeCompare(other.name))
  })
  #query = ''
  #joining = null

  open() {
    this.#isOpen = true
    this.#list.clear()
    this.#query = ''
    this.draw()
    this.dialog.showModal()
    this.querySelector('input').focus()
    this.#list.load()
  }

  view() {
    return html`
      <dialog class="dialog browse" aria-labelledby="browse-title" data-click="backdrop" data-close="closed">
        ${this.#isOpen && html`
        ${dialogHead('browse-title', t('channels.browse'))}
        <div class="filter">${icon('search')}<input class="input" type="search" data-input="filter"
          aria-label="${t('channels.filter')}" placeholder="${t('channels.filter')}" autocomplete="off"
          spellcheck="false"></div>
        ${this.#body()}
        <div class="dialog-actions"><button type="button" class="button" data-click="create">
          ${icon('plus')}${t('channels.new')}</button></div>`}
      </dialog>`
  }

  #body() {
    return loadable(this.#list, list => this.#rows(list), { waiting: skeletons('channel', 3), failed: briefly })
  }

  #rows(list) {
    const found = list.filter(({ name, topic }) => folded(`${name} ${topic}`).includes(folded(this.#query)))
    if (!found.length) return html`<p class="channels-empty" role="status">${t('channels.noPublic')}</p>`
    return html`<ul class="browse-list">${found.map(({ id, name, topic, memberCount, joined }) => html`
      <li data-key="browse-${id}"><span class="channel-sign">${icon('hash')}</span>
        <div><strong>${name}</strong>${topic
          && html`<p>${topic}</p>`}<small>${t('channel.people', { count: memberCount })}${joined
          && html` · ${t('channels.joined')}`}</small></div>
        <button type="button" class="button button-small" data-click="look" data-id="${id}"
          aria-label="${t('channels.openName', { name })}">${t('channels.open')}</button>
        ${!joined && html`<button type="button" class="button button-small button-primary" data-click="join"
          data-id="${id}" ?data-busy=${this.#joining === id} aria-label="${t('channels.joinName', { name })}">
          ${t('channels.join')}</button>`}
      </li>`)}</ul>`
  }

  filter(_, input) {
    this.#query = input.value.trim()
    this.update()
  }

  async join(_, { dataset: { id } }) {
    this.#joining = id
    this.update()
    const joined = await joinChannel(id)
    this.#joining = null
    if (!joined) return this.update()
    this.shut()
    openPath(id)
  }

  look(_, { dataset: { id } }) {
    this.shut()
    openPath(id)
  }

  create() {
    this.shut()
    newChannel('public')
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#isOpen = false
    this.update()
  }
}

customElements.define('channel-browse', ChannelBrowse)

export const browseChannels = () => singleton('channel-browse').open()
