import './people-picker.js'
import './time-ago.js'
import { addMembers, removeMember, setRole, startDirect } from '../lib/channel-actions.js'
import { isChannelAdmin, mayAddPeople } from '../lib/channel-rights.js'
import { channelOf, chat } from '../lib/chat/store.js'
import { fetchMembers, members, membersOf } from '../lib/chat-people.js'
import { confirm } from '../lib/dialogs.js'
import { folded } from '../lib/emoji.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { menuKeys, openMenu } from '../lib/menu.js'
import { PanelElement } from '../lib/panel-element.js'
import { nameOf } from '../lib/people.js'
import { isHere, presence } from '../lib/presence.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { briefly, loadable, skeletons } from './loadable.js'
import { face } from './presence-list.js'

const filterFrom = 9
const shown = 200

/** The panel with the members of a channel, to add, remove and promote them. */
class ChannelPeople extends PanelElement {
  #query = ''
  #error = null
  #about = null

  get panelName() { return 'people' }
  get titleKey() { return 'members.title' }

  connected() {
    super.connected()
    for (const store of [members, presence, chat]) this.watch(store, () => { if (this.isShown) this.update() })
    this.listen(this, 'people-picked', () => this.update())
    this.listen(this, 'keydown', event => { menuKeys(event, event.target.closest('.menu')) })
  }

  opened() {
    this.#query = ''
    this.#fetch()
  }

  async #fetch(anew = false) {
    try {
      await fetchMembers(this.channel, { anew })
      this.#error = null
    } catch (error) { this.#error = error }
    this.update()
  }

  inside() {
    const list = membersOf(this.channel)
    const channel = channelOf(this.channel)
    const may = isChannelAdmin(channel) && !channel?.isGeneral && !channel?.archived
    return loadable({ value: list, error: this.#error }, () => this.#members(list, channel, may), {
      waiting: skeletons('channel', 3), failed: briefly,
    })
  }

  #members(list, channel, may) {
    const wanted = folded(this.#query)
    const found = list.filter(person => folded(`${person.name} ${person.username}`).includes(wanted))
      .sort((one, other) => isHere(other.id) - isHere(one.id) || nameOf(one).localeCompare(nameOf(other)))
    return html`
      ${mayAddPeople(channel) && html`<form class="panel-form" data-key="add" data-submit="add">
        <people-picker data-key="picker" name="add" label="${t('members.add')}"></people-picker>
        ${this.#picked.length > 0 && html`<button class="button button-primary" data-key="send">
          ${t('members.addCount', { count: this.#picked.length })}</button>`}</form>`}
      ${list.length >= filterFrom && html`<div class="filter" data-key="filter">
        ${icon('search')}<input class="input" type="search" data-input="filter"
          aria-label="${t('members.filter')}" placeholder="${t('members.filter')}" autocomplete="off"
          spellcheck="false"></div>`}
      <p class="quiet" data-key="count" role="status">
        ${t('channel.people', { count: list.length })} · ${t('people.here',
          { count: list.filter(({ id }) => isHere(id)).length })}</p>
      <ul class="members" data-key="list">${found.slice(0, shown).map(person => this.#row(person, may))}</ul>
      ${found.length > shown && html`<p class="quiet" data-key="more">
        ${t('members.more', { count: found.length - shown })}</p>`}
      <div class="menu" popover role="menu" data-key="menu" aria-label="${t('members.actions')}">
        ${this.#about && this.#items(this.#about)}</div>`
  }

  drawn() {
    const picker = this.querySelector('people-picker')
    if (picker) picker.without = ({ id }) => membersOf(this.channel)?.some(one => String(one.id) === String(id))
  }

  get #picked() { return this.querySelector('people-picker')?.value ?? [] }

  #row(person, may) {
    const { id, username, role } = person
    const name = nameOf(person)
    const own = String(id) === String(session.get().user?.id)
    return html`<li data-key="member-${id}">
      ${own ? html`<span class="member">${this.#who(person, name, true)}</span>`
        : html`<button type="button" class="member" data-click="write" data-id="${id}"
          title="${t('members.write', { name })}">${this.#who(person, name, false)}</button>`}
      ${role === 'admin' && html`<span class="tag tag-plain">${t('members.admin')}</span>`}
      ${may && html`<button type="button" class="icon-button" data-click="menu" data-id="${id}"
        aria-haspopup="menu" aria-label="${t('members.actionsFor', { name })}"
        title="${t('members.actions')}">${icon('more')}</button>`}
    </li>`
  }

  #who(person, name, own) {
    const here = isHere(person.id)
    return html`<span class="choice-face">${face(person)}<i class="dot" ?data-live=${here}></i></span>
      <span class="member-name"><strong>${name}${own && html` <small>${t('presence.you')}</small>`}</strong>
        <small>${here ? t('people.isHere') : person.lastSeen
          ? html`${t('person.lastHere')} <time-ago moment="${person.lastSeen}"></time-ago>`
          : html`@${person.username}`}</small></span>`
  }

  #items({ id, role }) {
    const item = (action, sign, label, extra = '') =>
      html`<button type="button" role="menuitem" tabindex="-1" class="${extra}" data-key="${action}"
        data-click="perform" data-action="${action}" data-id="${id}">${icon(sign)}<span>${label}</span>
        </button>`
    return html`${item('role', 'shield', t(role === 'admin' ? 'members.makeMember' : 'members.makeAdmin'))}
      ${String(id) !== String(session.get().user?.id)
        && item('remove', 'out', t('members.remove'), 'menu-wary')}`
  }

  async menu(_, button) {
    this.#about = membersOf(this.channel)?.find(({ id }) => String(id) === button.dataset.id) ?? null
    this.draw()
    openMenu(button, this.querySelector('.menu'))
  }

  async perform(_, { dataset: { action } }) {
    const person = this.#about
    this.querySelector('.menu').hidePopover()
    if (action === 'role') await setRole(this.channel, person.id, person.role === 'admin' ? 'member' : 'admin')
    else {
      const sure = await confirm({ title: t('members.askRemove', { name: nameOf(person) }), text: t('members.askRemoveText'), yes: t('members.remove'), danger: true })
      if (!sure || !await removeMember(this.channel, person.id)) return
    }
    this.#fetch(true)
  }

  async add(event) {
    event.preventDefault()
    const picker = this.querySelector('people-picker')
    if (!picker.value.length) return
    try {
      await addMembers(this.channel, picker.value.map(({ id }) => String(id)))
      picker.clear()
    } catch (error) { toast(error.message, 'error') }
    await this.#fetch(true)
  }

  write(_, { dataset: { id } }) { startDirect(id) }

  filter(_, input) {
    this.#query = input.value.trim()
    this.update()
  }
}

customElements.define('channel-people', ChannelPeople)
