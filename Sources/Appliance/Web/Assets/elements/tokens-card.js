import './copy-field.js'
import './form-field.js'
import './time-ago.js'
import { alert } from './notices.js'
import { get, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { isAdmin } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { briefly, loadable, skeletons } from './loadable.js'

const lengths = [7, 30, 90, 365]

/** The API tokens of the user. A new token, with its permissions and expiry, is shown once. */
class TokensCard extends FormElement {
  #list = new Loader(this, signal => get('/api/tokens', { signal }))
  #making = false
  #made = null

  connected() { this.#list.load() }

  view() {
    return html`
      <section class="card" aria-labelledby="tokens-title">
        <h2 id="tokens-title">${t('tokens.title')}</h2>
        <p class="quiet">${t('tokens.text')}</p>
        ${this.#made && this.#shown(this.#made)}
        ${this.#body()}
        ${this.#making ? this.#form()
          : html`<div class="form-actions"><button class="button" data-key="new" data-click="begin">
            ${icon('plus')}${t('tokens.new')}</button></div>`}
      </section>`
  }

  #shown({ name, token }) {
    return html`
      <div class="once" role="status" data-key="made"><p>
        <strong>${t('tokens.made', { name })}</strong> ${t('tokens.once')}</p>
        <copy-field data-key="token" label="${name}" value="${token}"></copy-field>
        <button class="button button-small" data-click="seen">${icon('check')}${t('tokens.seen')}</button>
        </div>`
  }

  #body() {
    return loadable(this.#list, list => this.#rows(list), { waiting: skeletons('row'), failed: briefly, empty: null })
  }

  #rows(list) {
    return html`<ul class="lines">${list.map(({ id, name, rights, expiresAt, lastSeen, seenAt }) => html`
      <li class="line-item" data-key="token-${id}">
        <span class="line-sign">${icon('key')}</span>
        <div class="line-text"><p>
          <strong>${name}</strong> ${rights.map(right => html`<span
            class="tag tag-plain">${t(`tokens.${right}`)}</span>`)}</p>
          <p class="quiet">${expiresAt
            ? html`${t('tokens.ends')} <time-ago data-key="end" moment="${expiresAt}"></time-ago>`
            : t('tokens.noEnd')}
            · ${lastSeen ?? seenAt ? html`${t('tokens.used')} <time-ago data-key="used"
              moment="${lastSeen ?? seenAt}"></time-ago>` : t('tokens.unused')}</p></div>
        <button class="button button-small" data-click="end" data-id="${id}" data-name="${name}">
          ${t('tokens.end')}</button>
      </li>`)}</ul>`
  }

  #form() {
    const { errors, refusal, sending } = this.state
    const rights = isAdmin() ? ['read', 'write', 'admin'] : ['read', 'write']
    return html`
      <form class="form form-inset" novalidate data-key="form" data-draft="token" data-submit="make">
        ${alert(refusal?.message)}
        <form-field data-key="name" name="name" label="${t('tokens.name')}" hint="${t('tokens.nameHint')}"
          error="${errors.name}"></form-field>
        <fieldset class="checks"><legend>${t('tokens.rights')}</legend>${rights.map(right => html`
          <label class="check"><input type="checkbox" name="${right}" ?checked=${right === 'read'}
            ?disabled=${right === 'read'}>
            <span><strong>${t(`tokens.${right}`)}</strong>
              <small>${t(`tokens.${right}Text`)}</small></span></label>`)}</fieldset>
        <label class="field"><span>${t('tokens.length')}</span><select class="input" name="days">
          ${lengths.map(days => html`<option value="${days}" ?selected=${days === 30}>
            ${t('tokens.days', { count: days })}</option>`)}</select></label>
        <form-field data-key="password" name="password" type="password" label="${t('password.current')}"
          hint="${t('tokens.passwordHint')}" autocomplete="current-password"
          error="${errors.password}"></form-field>
        <div class="form-actions"><button type="button" class="button" data-click="giveUp">
          ${t('action.cancel')}</button>
          <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
            ${t('tokens.create')}</button></div>
      </form>`
  }

  begin() {
    this.#making = true
    this.#made = null
    this.draw()
    this.querySelector('#field-name').focus()
  }

  giveUp() {
    this.#making = false
    this.change({ errors: {}, refusal: null })
  }

  seen() {
    this.#made = null
    this.update()
  }

  async make(event, form) {
    const done = await this.attempt(event, form, ['name', 'password'], async ({ name, password, write, admin, days }) => {
      const rights = ['read', ...write ? ['write'] : [], ...admin ? ['admin'] : []]
      this.#made = await post('/api/tokens', { name, rights, days: Number(days), password })
      this.#making = false
    })
    if (done) await this.#list.load({ keep: false })
  }

  async end(_, { dataset: { id, name } }) {
    const yes = await confirm({ title: t('tokens.askEnd', { name }), text: t('tokens.askEndText'), yes: t('tokens.end'), danger: true })
    if (!yes) return
    try { await remove(`/api/tokens/${encodeURIComponent(id)}`) } catch (error) { toast(error.message, 'error') }
    await this.#list.load({ keep: false })
  }
}

customElements.define('tokens-card', TokensCard)
