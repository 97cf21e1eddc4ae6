import '../elements/takeover-dialog.js'
import { get, post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { duration } from '../lib/format.js'
import { html } from '../lib/html.js'
import { knows, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { isOn } from '../lib/navigation.js'
import { route } from '../lib/router.js'
import { entered, session } from '../lib/session.js'
import { alert, notice } from '../elements/notices.js'
import { gate, submit } from './gate.js'

/** Sign-in by e-mail address or username, then by a code if the account has a second step. */
class SignInPage extends FormElement {
  #last = null
  #resent = false
  #step = 'password'
  #recovery = false
  #blockedUntil = 0
  #hasPublic = false

  connected() {
    this.watch(session)
    this.every(500, () => { if (this.#blockedUntil) this.#count() })
    this.#findPublic()
    const { ended } = session.get()
    requestAnimationFrame(() => this.querySelector(ended?.identifier ? '#field-password' : '#field-identifier')?.focus())
  }

  /** Whether there are public announcements. */
  async #findPublic() {
    if (!isOn('announcements')) return
    try {
      const found = await get('/api/announcements?isPublic=true&limit=1', { signal: this.signal, quiet: true })
      this.#hasPublic = found.length > 0
    } catch { /* no link */ }
    this.update()
  }

  view() {
    return html`${this.#step === 'code' ? this.#code() : this.#password()}<takeover-dialog
      data-key="takeover"></takeover-dialog>`
  }

  #password() {
    const { errors, refusal, sending } = this.state
    const { ended, appliance } = session.get()
    return gate({
      title: t('signIn.title'),
      lead: ended ? null : t('signIn.lead'),
      body: html`
        ${ended && !refusal && endedNote(ended)}
        ${this.#resent && notice(t('signIn.resent'))}
        ${refusal && this.#refusal(refusal)}
        <form novalidate data-key="form" data-submit="send">
          <form-field data-key="identifier" name="identifier" label="${t('field.identifier')}"
            autocomplete="username" autofocus value="${ended?.identifier ?? ''}"
            error="${errors.identifier}"></form-field>
          <form-field data-key="password" name="password" type="password" label="${t('field.password')}"
            autocomplete="current-password" error="${errors.password}"></form-field>
          ${this.#submit(sending)}
        </form>
        <p class="gate-foot"><a href="/forgotten-password">${t('signIn.forgotten')}</a></p>
        ${this.#hasPublic && html`<p class="gate-foot" data-key="public"><a
          href="/public">${t('signIn.public')}</a></p>`}`,
      foot: appliance.registration !== 'closed'
        && html`${t('signIn.noAccount')} <a href="/register">${t('signIn.register')}</a>`,
    })
  }

  #code() {
    const { errors, refusal, sending } = this.state
    const kind = this.#recovery ? 'recovery' : 'code'
    return gate({
      title: t('totp.title'),
      lead: t(`totp.${kind}Lead`),
      body: html`
        ${refusal && this.#refusal(refusal)}
        <form novalidate data-key="code-form" data-submit="sendCode">
          <form-field data-key="${kind}" name="code" label="${t(`totp.${kind}`)}"
            autocomplete="${this.#recovery ? 'off' : 'one-time-code'}"
            inputmode="${this.#recovery ? 'text' : 'numeric'}" class="field-code"
            error="${errors.code}"></form-field>
          ${this.#submit(sending)}
        </form>
        <p class="gate-foot gate-foot-split">
          <button class="link" data-click="switchKind">
            ${t(this.#recovery ? 'totp.useCode' : 'totp.useRecovery')}</button>
          <button class="link" data-click="again">${t('totp.back')}</button></p>`,
    })
  }

  /** The button counts down while attempts are slowed down; there screen readers do not read each second. */
  #submit(sending) {
    const wait = Math.max(0, Math.ceil((this.#blockedUntil - Date.now()) / 1000))
    const words = wait ? html`<span
      class="countdown">${t('signIn.wait', { time: duration(wait * 1000) })}</span>` : t('signIn.submit')
    return submit(words, sending, this.#blockedUntil > 0)
  }

  /** Why the sign-in failed, and what can be done. */
  #refusal({ code, message, details }) {
    const help = `signInHelp.${code}`
    if (code === 'TOO_MANY_ATTEMPTS') return this.#blockedUntil
      ? alert(html`<strong>${t('signIn.slow')}</strong> ${t('signIn.slowText')}`)
      : notice(t('signIn.slowOver'))
    if (code === 'ALREADY_LOGGED_IN') return notice(`${t('signIn.stayed', { name: details.workstation?.name ?? '' })} ${t(help)}`)
    const sentence = code === 'WORKSTATION_IN_USE' && details.account?.name ? t('signIn.inUse', { name: details.account.name }) : message
    return html`
      ${alert(html`<strong>${sentence}</strong>${knows(help) && html` ${t(help)}`}`)}
      ${code === 'EMAIL_NOT_VERIFIED'
        && html`<button class="button button-wide" data-key="resend" data-click="resend">
          ${icon('mail')}${t('signIn.resend')}</button>`}
      ${code === 'WORKSTATION_IN_USE'
        && html`<button class="button button-wide" data-key="retry" data-click="retry">
          ${icon('reboot')}${t('action.retry')}</button>`}`
  }

  send(event, form) {
    return this.attempt(event, form, ['identifier', 'password'], ({ identifier, password }) =>
      this.#signIn({ [identifier.includes('@') ? 'email' : 'username']: identifier, password }))
  }

  sendCode(event, form) {
    return this.attempt(event, form, ['code'], ({ code }) => this.#signIn({ ...this.#last, code: code.replace(/\s/g, '') }))
  }

  async #signIn(body) {
    this.#resent = false
    this.#last = body
    try {
      await entered(await post('/api/auth/login', { ...body, device: device() }, { quiet: true }))
    } catch (error) {
      if (error.code === 'TOTP_REQUIRED') return this.#ask()
      if (error.code === 'TOTP_SETUP_REQUIRED') return session.set({ mustSetUp: true })
      if (error.code === 'ALREADY_LOGGED_IN' && await this.#mayTakeOver(error.details.workstation))
        return this.#signIn({ ...body, takeover: true })
      if (error.code === 'TOO_MANY_ATTEMPTS') this.#blockedUntil = Date.now() + Math.max(1, error.retryAfter) * 1000
      requestAnimationFrame(() => this.querySelector('#field-code, #field-password')?.select())
      throw error
    }
  }

  #mayTakeOver(workstation) { return this.querySelector('takeover-dialog').ask(workstation ?? {}) }

  #ask() {
    this.#step = 'code'
    this.change({ sending: false, errors: {}, refusal: null })
    this.querySelector('#field-code')?.focus()
  }

  #count() {
    if (this.#blockedUntil <= Date.now()) this.#blockedUntil = 0
    this.update()
  }

  switchKind() {
    this.#recovery = !this.#recovery
    this.#ask()
  }

  again() {
    this.#step = 'password'
    this.change({ errors: {}, refusal: null })
  }

  async retry() {
    try { await this.#signIn(this.#last) } catch (error) { this.refuse({}, error) }
  }

  async resend() {
    try {
      await post('/api/auth/resend-verification', { email: this.#last.email ?? this.#last.username })
      this.#resent = true
      this.change({ refusal: null })
    } catch (refusal) { this.change({ refusal }) }
  }
}

/** "phone" for a small touch screen, which may be signed in beside the workstation; else "workstation". */
function device() {
  const { width, height } = screen
  return matchMedia('(pointer: coarse)').matches && Math.min(width, height) < 600 ? 'phone' : 'workstation'
}

/** Why the last session ended, and that drafts are kept. */
function endedNote({ reason }) {
  const known = knows(`ended.${reason}`) ? reason : 'EXPIRED'
  return html`
    <div class="ended" role="status" data-reason="${known}">
      ${icon(known === 'TAKEN_OVER' ? 'screen' : 'info')}
      <p><strong>${t(`ended.${known}`)}</strong> ${t(`ended.${known}.text`)}</p></div>`
}

customElements.define('sign-in-page', SignInPage)
route('/sign-in', () => html`<sign-in-page data-key="sign-in"></sign-in-page>`,
  { access: 'guest', title: 'signIn.title' })
