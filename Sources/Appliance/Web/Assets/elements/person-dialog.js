import './form-field.js'
import { dialogActions, dialogHead } from './dialog-parts.js'
import { alert } from './notices.js'
import { post } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { draftOf, dropDraft } from '../lib/drafts.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { roles } from '../lib/people.js'
import { go } from '../lib/router.js'
import { toast } from '../lib/toast.js'

/** Creates an account, with an invitation by mail or with a password. */
class PersonDialog extends withDialog(FormElement) {
  #open = false
  #invites = true

  connected() { if (draftOf('person')) queueMicrotask(() => this.open()) }

  open() {
    const dialog = this.dialog
    if (!dialog || dialog.open) return
    this.#open = true
    this.#invites = draftOf('person')?.way !== 'password'
    this.change({ errors: {}, refusal: null, sending: false })
    dialog.showModal()
    this.querySelector('#field-name').focus()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="person-title" data-click="backdrop" data-close="closed">
        ${dialogHead('person-title', t('people.new'))}
        ${this.#open && this.#form()}
      </dialog>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const way = (value, checked) =>
      html`<label class="check">
        <input type="radio" name="way" value="${value}" data-change="chooseWay" ?checked=${checked}>
      <span><strong>${t(`people.way.${value}`)}</strong>
        <small>${t(`people.way.${value}Text`)}</small></span></label>`
    return html`
      ${alert(refusal?.message)}
      <form class="form" novalidate data-key="form" data-draft="person" data-submit="send">
        <form-field data-key="name" name="name" label="${t('field.name')}"
          error="${errors.name}"></form-field>
        <form-field data-key="email" name="email" type="email" label="${t('field.email')}"
          error="${errors.email}"></form-field>
        <form-field data-key="username" name="username" label="${t('field.username')}"
          hint="${t('people.usernameHint')}" ?optional=${true} error="${errors.username}"></form-field>
        <label class="field"><span>${t('people.role')}</span><select class="input" name="role">
          ${roles.map(role => html`<option value="${role}">${t(`role.${role}`)}</option>`)}</select></label>
        <fieldset class="checks"><legend>
          ${t('people.way')}</legend>${way('invite', this.#invites)}${way('password',
            !this.#invites)}</fieldset>
        ${!this.#invites && html`<form-field data-key="password" name="password" type="password"
          label="${t('field.password')}" hint="${t('field.passwordHint')}" autocomplete="new-password"
          error="${errors.password}"></form-field>`}
        ${dialogActions(sending, t(this.#invites ? 'people.invite' : 'people.create'))}
      </form>`
  }

  chooseWay(_, input) {
    this.#invites = input.value === 'invite'
    this.update()
  }

  async send(event, form) {
    let made = null
    const needed = this.#invites ? ['name', 'email'] : ['name', 'password']
    const done = await this.attempt(event, form, needed, async ({ way, username, email, password, ...values }) => {
      const answer = await post('/api/admin/users', {
        ...values, ...(email && { email }), ...(username && { username }), ...(way === 'password' && { password }),
      })
      made = { ...answer.user, ...answer, email }
    })
    if (!done) return
    toast(t(this.#invites ? 'people.invitedToast' : 'people.createdToast', { name: made.name || made.email, email: made.email }), 'success')
    this.shut()
    if (made.id) go(`/people/${encodeURIComponent(made.id)}`)
  }

  closed(_, dialog) {
    if (dialog.open) return
    dropDraft('person')
    this.#open = false
    this.update()
  }
}

customElements.define('person-dialog', PersonDialog)
