import './copy-field.js'
import './files-field.js'
import './form-field.js'
import { post } from '../lib/api.js'
import { isOutside, withDialog } from '../lib/dialogs.js'
import { dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { categories, categoryName, priorities, priorityName } from '../lib/requests.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert, notice } from './notices.js'

const draft = 'request-new'

/**
 * Submits a request: `open({anonymous})`, where `anonymous` allows anonymous requests. Dispatches
 * `request-sent` with the response. For an anonymous request it shows the tracking code.
 */
class RequestDialog extends withDialog(FormElement) {
  #mayHide = false
  #isOpen = false
  #code = null

  open({ anonymous }) {
    this.#mayHide = anonymous
    this.#isOpen = true
    this.#code = null
    this.change({ errors: {}, refusal: null, sending: false })
    this.dialog.showModal()
    this.querySelector('form .input')?.focus()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="request-title" data-click="backdrop" data-close="closed">
        ${dialogHead('request-title', t(this.#code ? 'requests.sentAnonymously' : 'requests.new'))}
        ${this.#code ? this.#shown() : this.#isOpen && this.#form()}
      </dialog>`
  }

  #shown() {
    return html`
      <div class="form"><p>${t('requests.codeText')}</p>
      <copy-field value="${this.#code}" label="${t('requests.code')}"></copy-field>
      ${notice(t('requests.codeOnce'))}
      <div class="dialog-actions"><button class="button button-primary" data-click="shut">
        ${t('action.close')}</button></div></div>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="${draft}" data-submit="send">
        <form-field data-key="title" name="title" prose label="${t('requests.field.title')}"
          error="${errors.title}"></form-field>
        <form-field data-key="description" name="description" type="area"
          label="${t('requests.field.description')}" error="${errors.description}"></form-field>
        <div class="request-choices">
          ${this.#choice('category', categories, categoryName, 'other')}
          ${this.#choice('priority', priorities, priorityName, 'medium')}</div>
        <files-field data-key="files" error="${errors.files}"></files-field>
        ${this.#mayHide && html`<label class="check"><input type="checkbox" name="isAnonymous">
          <span>${t('requests.hide')}<small>${t('requests.hideText')}</small></span></label>`}
        ${dialogActions(sending, t('requests.submit'))}
      </form>`
  }

  #choice(name, options, nameOf, initial) {
    return html`<label class="field"><span>${t(`requests.field.${name}`)}</span>
      <select class="input" name="${name}">${options.map(option => html`
        <option value="${option}"
          ?selected=${option === initial}>${nameOf(option)}</option>`)}</select></label>`
  }

  async send(event, form) {
    const files = this.querySelector('files-field')
    if (files.isSending) {
      event.preventDefault()
      return this.change({ refusal: { message: t('messages.filesUnderWay') } })
    }
    let answer = null
    const done = await this.attempt(event, form, ['title', 'description'], async values => {
      const { isAnonymous, ...fields } = values
      answer = await post('/api/complaints', {
        ...fields, ...isAnonymous && { isAnonymous: true }, files: files.value.map(({ fileUrl }) => fileUrl),
      })
    })
    if (!done) return
    this.dispatchEvent(new CustomEvent('request-sent', { bubbles: true, detail: answer }))
    if (!answer.trackingCode) return this.shut()
    this.#code = answer.trackingCode
    this.update()
  }

  backdrop(event, dialog) { if (isOutside(event, dialog) && !this.#code) dialog.close() }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft(draft)
    this.#isOpen = false
    this.#code = null
    this.update()
  }
}

customElements.define('request-dialog', RequestDialog)
