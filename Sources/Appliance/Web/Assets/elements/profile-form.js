import './form-field.js'
import './profile-picture.js'
import { alert, notice } from './notices.js'
import { put } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { session, applyUser } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** The form of the user's profile. A new e-mail address is used once it is verified. */
class ProfileForm extends FormElement {
  #awaited = null

  connected() { this.watch(session) }

  view() {
    const { user } = session.get()
    if (!user) return html``
    const { errors, refusal, sending } = this.state
    const awaited = user.pendingEmail ?? (this.#awaited === user.email ? null : this.#awaited)
    const field = (name, autocomplete, extra = null) => html`
      <form-field data-key="${name}" name="${name}" ${extra} label="${t(`field.${name}`)}"
        value="${user[name] ?? ''}" autocomplete="${autocomplete}" error="${errors[name]}"></form-field>`
    return html`
      <section class="card" aria-labelledby="profile-form-title">
        <h2 id="profile-form-title">${t('profile.about')}</h2>
        ${alert(refusal?.message)}
        ${awaited && notice(t('profile.pending', { email: awaited, now: user.email }))}
        <profile-picture data-key="picture"></profile-picture>
        <form class="form" novalidate data-key="form" data-draft="profile" data-submit="send">
          ${field('name', 'name')}
          ${field('email', 'email', html`type="email" hint="${t('profile.emailHint')}"`)}
          ${field('phone', 'tel', html`type="tel" optional`)}
          <div class="form-pair">${field('department', 'organization', html`optional`)}${field('position',
            'organization-title', html`optional`)}</div>
          <div class="form-actions">
            <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
              ${t('action.save')}</button></div>
        </form>
      </section>`
  }

  send(event, form) {
    const before = session.get().user
    return this.attempt(event, form, before.email ? ['name', 'email'] : ['name'], async values => {
      const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== (before[name] ?? '')))
      if (Object.keys(changed).length) {
        const answer = await put('/api/profile', changed)
        if (changed.email && (answer.email ?? before.email) !== changed.email) this.#awaited = changed.email
        applyUser(answer)
      }
      toast(t('profile.saved'), 'success')
    })
  }
}

customElements.define('profile-form', ProfileForm)
