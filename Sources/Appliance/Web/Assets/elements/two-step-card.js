import './copy-field.js'
import './form-field.js'
import { briefly, loadable, skeletons } from './loadable.js'
import './recovery-codes.js'
import { alert } from './notices.js'
import { get, post, remove } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { setUpDone } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/**
 * The second step of sign-in: set it up, renew its recovery codes, switch it off. With `required` it is the
 * whole page.
 */
class TwoStepCard extends FormElement {
  #status = new Loader(this, signal => get('/api/totp', { signal }))
  #secret = null
  #codes = null
  #asking = null

  async connected() {
    await this.#status.load()
    if (this.#required && this.#status.value && !this.#status.value.enabled) this.begin()
  }

  get #required() { return this.hasAttribute('required') }

  view() {
    return html`
      <section class="${this.#required ? 'two-step' : 'card'}" aria-labelledby="two-step-title">
        <h2 id="two-step-title" class="${this.#required ? 'visually-hidden' : ''}">
          ${t('totp.card')}${this.#status.value?.enabled
            && html`<span class="tag tag-good">${t('totp.on')}</span>`}</h2>
        ${this.#body()}
      </section>`
  }

  #body() {
    return loadable(this.#status, status => this.#step(status), { waiting: skeletons('row'), failed: briefly })
  }

  #step(status) {
    if (this.#codes) return html`<recovery-codes data-key="codes"
      codes="${this.#codes.join(' ')}"></recovery-codes>
      <div class="form-actions"><button class="button button-primary" data-key="kept" data-click="kept">
        ${icon('check')}${t('recovery.kept')}</button></div>`
    if (this.#secret) return this.#setUp(this.#secret)
    if (!status.enabled) return html`
      <p class="quiet">${t('totp.offText')}</p>${alert(this.state.refusal?.message)}
      <div class="form-actions">
        <button class="button" data-key="begin" data-click="begin" ?data-busy=${this.state.sending}>
          ${icon('shield')}${t('totp.begin')}</button></div>`
    return this.#on(status)
  }

  #setUp({ secret, qr }) {
    const { errors, refusal, sending } = this.state
    return html`
      ${alert(refusal?.message)}
      <ol class="ways">
        <li><p>${t('totp.scan')}</p>
          <img class="qr" src="${qr}" width="180" height="180" alt="${t('totp.qr')}"></li>
        <li><p>${t('totp.type')}</p>
          <copy-field data-key="secret" label="${t('totp.secret')}" copies="${secret}"
            value="${secret.replace(/(.{4})(?=.)/g, '$1 ')}"></copy-field></li>
        <li><p>${t('totp.then')}</p>
          <form class="form" novalidate data-key="confirm" data-submit="confirm">
            <form-field data-key="code" class="field-code" name="code" label="${t('totp.code')}"
              autocomplete="one-time-code" inputmode="numeric" error="${errors.code}"></form-field>
            <div class="form-actions">
              ${!this.#required && html`<button type="button" class="button" data-click="giveUp">
                ${t('action.cancel')}</button>`}
              <button class="button button-primary" ?disabled=${sending} ?data-busy=${sending}>
                ${t('totp.confirm')}</button></div>
          </form></li>
      </ol>`
  }

  #on({ recoveryCodesLeft: left, required }) {
    return html`
      <p class="quiet">${t('totp.onText')}</p>
      <p class="${left < 4 ? 'alert' : 'quiet'}">
        ${left < 4 && icon('warning')}<span>${t('recovery.left', { count: left ?? 0 })}</span></p>
      ${this.#asking ? this.#ask(this.#asking) : html`<div class="form-actions">
        <button class="button" data-key="renew" data-click="askFor" data-what="renew">
          ${icon('reboot')}${t('recovery.renew')}</button>
        ${!required && html`<button class="button button-wary" data-key="off" data-click="askFor"
          data-what="off">${t('totp.off')}</button>`}</div>`}`
  }

  #ask(what) {
    const { errors, refusal, sending } = this.state
    return html`
      <form class="form form-inset" novalidate data-key="ask-${what}"
        data-submit="${what === 'off' ? 'switchOff' : 'renew'}">
        ${alert(refusal?.message)}
        <p>${t(what === 'off' ? 'totp.offAsk' : 'recovery.renewAsk')}</p>
        ${what === 'off' && html`<form-field data-key="password" name="password" type="password"
          label="${t('field.password')}" autocomplete="current-password"
          error="${errors.password}"></form-field>`}
        <form-field data-key="code" class="field-code" name="code" label="${t('totp.code')}"
          autocomplete="one-time-code" inputmode="numeric" error="${errors.code}"></form-field>
        <div class="form-actions"><button type="button" class="button" data-click="giveUp">
          ${t('action.cancel')}</button>
          <button class="button ${what === 'off' ? 'button-danger' : 'button-primary'}" ?disabled=${sending}
            ?data-busy=${sending}>${t(what === 'off' ? 'totp.off' : 'recovery.renew')}</button></div>
      </form>`
  }

  async begin() {
    this.change({ sending: true, refusal: null })
    try {
      this.#secret = await post('/api/totp')
      this.change({ sending: false })
      this.querySelector('#field-code')?.focus({ preventScroll: true })
    } catch (refusal) { this.change({ sending: false, refusal }) }
  }

  confirm(event, form) {
    return this.attempt(event, form, ['code'], async ({ code }) => {
      this.#codes = (await post('/api/totp/confirm', { code: code.replace(/\s/g, '') })).recoveryCodes
      this.#secret = null
    })
  }

  async kept() {
    this.#codes = null
    if (this.#required) return setUpDone()
    await this.#status.load({ keep: false })
  }

  askFor(_, { dataset: { what } }) {
    this.#asking = what
    this.change({ errors: {}, refusal: null })
    this.querySelector('.form-inset .input').focus()
  }

  giveUp() {
    this.#asking = this.#secret = null
    this.change({ errors: {}, refusal: null })
  }

  async switchOff(event, form) {
    const done = await this.attempt(event, form, ['password', 'code'], async ({ password, code }) => {
      await remove('/api/totp', { password, code: code.replace(/\s/g, '') })
      this.#asking = null
    })
    if (!done) return
    toast(t('totp.isOff'), 'success')
    await this.#status.load({ keep: false })
  }

  renew(event, form) {
    return this.attempt(event, form, ['code'], async ({ code }) => {
      this.#codes = (await post('/api/totp/recovery-codes', { code: code.replace(/\s/g, '') })).recoveryCodes
      this.#asking = null
    })
  }
}

customElements.define('two-step-card', TwoStepCard)
