import './form-field.js'
import { dialogActions } from './dialog-parts.js'
import { alert } from './notices.js'
import { deleteChannel } from '../lib/channel-actions.js'
import { withDialog } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { singleton } from '../lib/singleton.js'
import { toast } from '../lib/toast.js'

/** A dialog that deletes a channel once its name is typed: `askDeleteChannel(channel)`. */
class ChannelDelete extends withDialog(FormElement) {
  #channel = null

  open(channel) {
    this.#channel = channel
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('#field-confirmation').focus()
  }

  view() {
    const { errors, refusal, sending } = this.state
    return html`
      <dialog class="dialog dialog-small" role="alertdialog" aria-labelledby="channel-delete-title"
        aria-describedby="channel-delete-text" data-click="backdrop" data-close="closed">
        ${this.#channel && html`
        <h2 id="channel-delete-title">${t('channel.askDelete', { name: this.#channel.name })}</h2>
        <p id="channel-delete-text">${t('channel.askDeleteText')}</p>
        ${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send">
          <form-field data-key="confirmation" name="confirmation"
            label="${t('channel.typeName', { name: this.#channel.name })}"
            error="${errors.confirmation}"></form-field>
          ${dialogActions(sending, t('do.delete'), 'danger')}
        </form>`}
      </dialog>`
  }

  async send(event, form) {
    event.preventDefault()
    const channel = this.#channel
    if (form.elements.confirmation.value.trim() !== channel.name) return this.refuse({ confirmation: t('channel.wrongName') })
    if (!await this.attempt(event, form, ['confirmation'], () => deleteChannel(channel))) return
    this.shut()
    toast(t('channel.deletedToast', { name: channel.name }), 'success')
  }

  closed(_, dialog) {
    if (dialog.open) return
    this.#channel = null
    this.update()
  }
}

customElements.define('channel-delete', ChannelDelete)

export const askDeleteChannel = channel => singleton('channel-delete').open(channel)
