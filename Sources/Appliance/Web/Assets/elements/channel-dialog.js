import './form-field.js'
import './people-picker.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { openPath, saveChannel } from '../lib/channel-actions.js'
import { channelOf, reloadChannels } from '../lib/chat/store.js'
import { showPanel } from '../lib/chat-panel.js'
import { withDialog } from '../lib/dialogs.js'
import { draftOf, dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { singleton } from '../lib/singleton.js'
import { toast } from '../lib/toast.js'

const slowChoices = [0, 5, 10, 30, 60, 300, 900, 3600]
const keptChoices = [0, 7, 30, 90, 180, 365, 730]

/** A dialog to create a channel or change its settings: `newChannel(type)`, `channelSettings(id)`. */
class ChannelDialog extends withDialog(FormElement) {
  #isOpen = false
  #channel = null
  #type = 'public'

  connected() { if (draftOf('channel')) queueMicrotask(() => this.create(draftOf('channel')?.type ?? 'public')) }

  create(type = 'public') {
    this.#type = type
    this.#show(null)
  }

  settings(id) { this.#show(channelOf(id)) }

  #show(channel) {
    const dialog = this.dialog
    if (!dialog || dialog.open) return
    this.#channel = channel
    this.#isOpen = true
    this.change({ errors: {}, refusal: null, sending: false })
    dialog.showModal()
    this.querySelector('#field-name')?.focus()
  }

  get #draft() { return this.#channel ? `channel-${this.#channel.id}` : 'channel' }

  view() {
    const title = this.#channel ? t('channel.settingsOf', { name: this.#channel.name }) : t('channels.new')
    return html`
      <dialog class="dialog" aria-labelledby="channel-dialog-title" data-click="backdrop" data-close="closed">
        ${dialogHead('channel-dialog-title', title)}
        ${this.#isOpen && this.#form(this.#channel ?? {})}
      </dialog>`
  }

  #form({ name = '', topic = '', slowSeconds = 0, retentionDays = 0, isGeneral }) {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form-${this.#draft}" data-draft="${this.#draft}"
        data-submit="send">
        ${!this.#channel && html`<fieldset class="checks" data-key="type"><legend>
          ${t('channel.type')}</legend>
          ${['public', 'private'].map(type => html`<label class="check">
            <input type="radio" name="type" value="${type}" data-change="chooseType"
              ?checked=${type === this.#type}>
            <span><strong>${t(`channel.type.${type}`)}</strong>
              <small>${t(`channel.type.${type}Text`)}</small></span></label>`)}</fieldset>`}
        <form-field data-key="name" name="name" label="${t('channel.name')}" hint="${t('channel.nameHint')}"
          value="${name}" error="${errors.name}"></form-field>
        <form-field data-key="topic" name="topic" optional label="${t('channel.topic')}"
          hint="${t('channel.topicHint')}" value="${topic}" error="${errors.topic}"></form-field>
        ${!this.#channel && html`<people-picker data-key="members" name="members"
          label="${t('channel.members')}"></people-picker>
          ${errors.members && html`<p class="field-error">${errors.members}</p>`}`}
        ${this.#channel && html`<div class="field-pair" data-key="rules">
          ${this.#choice('slowSeconds', slowChoices, slowSeconds, errors.slowSeconds)}
          ${this.#choice('retentionDays', keptChoices, retentionDays, errors.retentionDays)}</div>
          ${!isGeneral && html`<p class="quiet" data-key="roles">
            ${t('channel.rolesText')} <button type="button" class="link" data-click="people">
              ${t('channel.peopleAndRoles')}</button></p>`}`}
        ${dialogActions(sending, t(this.#channel ? 'action.save' : 'channel.create'))}
      </form>`
  }

  #choice(name, choices, value, error) {
    const all = choices.includes(value) ? choices : [...choices, value].sort((one, other) => one - other)
    return html`<div class="field"><label for="channel-${name}">${t(`channel.${name}`)}</label>
      <select class="input" id="channel-${name}" name="${name}" ${error && html`aria-invalid="true"`}>
        ${all.map(one => html`<option value="${one}" ?selected=${one === value}>
          ${words(name, one)}</option>`)}</select>
      <p class="field-hint">${t(`channel.${name}Hint`)}</p>${error
        && html`<p class="field-error">${error}</p>`}</div>`
  }

  chooseType(_, input) { this.#type = input.value }

  people() {
    this.shut()
    showPanel('people')
  }

  async send(event, form) {
    let answer = null
    const members = this.querySelector('people-picker')?.value.map(({ id }) => String(id)) ?? []
    const done = await this.attempt(event, form, ['name'], async ({ name, topic, type, slowSeconds, retentionDays }) => {
      answer = await saveChannel(this.#channel?.id, this.#channel
        ? { name, topic, slowSeconds: Number(slowSeconds), retentionDays: Number(retentionDays) }
        : { type, name, topic, ...(members.length && { members }) })
    })
    if (!done) return
    const made = !this.#channel
    dropDraft(this.#draft)
    this.shut()
    await reloadChannels()
    if (made && answer?.id) openPath(answer.id)
    else toast(t('channel.saved'), 'success')
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(this.#draft)
    this.querySelector('people-picker')?.clear()
    this.#isOpen = false
    this.update()
  }
}

/** The text of a choice: seconds between messages, or days that messages are kept. */
function words(name, value) {
  if (!value) return t(`channel.${name}.0`)
  if (name === 'retentionDays') return value % 365 === 0 ? t('span.years', { count: value / 365 }) : t('span.days', { count: value })
  if (value % 3600 === 0) return t('span.hours', { count: value / 3600 })
  return value % 60 === 0 ? t('span.minutes', { count: value / 60 }) : t('span.seconds', { count: value })
}

customElements.define('channel-dialog', ChannelDialog)

export const newChannel = type => singleton('channel-dialog').create(type)
export const channelSettings = id => singleton('channel-dialog').settings(id)
