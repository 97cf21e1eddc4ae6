import './form-field.js'
import { alert } from './notices.js'
import { put } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { session } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** Changes the password. */
class PasswordCard extends FormElement {
  view() {
    const { errors, refusal, sending } = this.state
    const { user } = session.get()
    return html`
      <section class="card" aria-labelledby="password-title">
        <h2 id="password-title">${t('password.title')}</h2>
        ${alert(refusal?.message)}
        <form class="form" novalidate data-key="form" data-submit="send">
          <input class="visually-hidden" type="text" name="username" autocomplete="username"
            value="${user?.email || user?.username}" tabindex="-1" aria-hidden="true" readonly>
          <form-field data-key="current" name="currentPassword" type="password"
            label="${t('password.current')}" autocomplete="current-password"
            error="${errors.currentPassword}"></form-field>
          <form-field data-key="new" name="newPassword" type="password" label="${t('password.new')}"
            hint="${t('field.passwordHint')}" autocomplete="new-password"
            error="${errors.newPassword ?? errors.password}"></form-field>
          <p class="quiet">${t('password.ends')}</p>
          <div class="form-actions"><button class="button" ?disabled=${sending} ?data-busy=${sending}>
            ${t('password.submit')}</button></div>
        </form>
      </section>`
  }

  async send(event, form) {
    const done = await this.attempt(event, form, ['currentPassword', 'newPassword'], ({ currentPassword, newPassword }) =>
      put('/api/profile/password', { currentPassword, newPassword }))
    if (!done) return
    form.reset()
    toast(t('password.done'), 'success')
    document.querySelector('sessions-card')?.refresh()
  }
}

customElements.define('password-card', PasswordCard)
