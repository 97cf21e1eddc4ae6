import '../elements/form-field.js'
import '../elements/reason-dialog.js'
import { emptyState } from '../elements/empty-state.js'
import { failure, loadable, skeletons } from '../elements/loadable.js'
import { get, put, remove } from '../lib/api.js'
import { paperOf } from '../lib/certificates.js'
import { right } from '../lib/courses.js'
import { FormElement } from '../lib/form.js'
import { date, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon, mark } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { go, route } from '../lib/router.js'
import { can, isInside } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** Verifies a certificate without sign-in: what the paper says, and whether it still holds. */
class VerifyCertificatePage extends FormElement {
  #certificate = new Loader(this, signal => get(this.#path, { signal }))
  /** What those who manage trainings see of it besides: why it was revoked. */
  #record = new Loader(this, async signal =>
    (await get(`/api/certificates?code=${encodeURIComponent(this.#code)}`, { signal }))[0])

  connected() { if (this.#code) this.again() }

  get #code() { return this.getAttribute('code') ?? '' }
  get #path() { return `/api/certificates/${encodeURIComponent(this.#code)}` }

  view() {
    return html`
      <div class="public">
        ${!isInside() && html`<header class="public-head"><p class="brand">${mark()}<span>OBox</span></p>
          <preference-switch data-key="language" of="language" compact></preference-switch></header>`}
        ${this.#code ? this.#found() : this.#question()}</div>`
  }

  #question() {
    return html`
      <h1>${t('cert.verify')}</h1>
      <section class="card"><form class="form" novalidate data-key="form" data-submit="ask">
        <form-field data-key="code" name="code" label="${t('cert.number')}" hint="${t('cert.verifyText')}"
          error="${this.state.errors.code}" autocomplete="off"></form-field>
        <div><button class="button button-primary">${icon('shield')}${t('cert.check')}</button></div>
      </form></section>`
  }

  #found() {
    const again = html`<a class="button" href="/certificates">${t('cert.other')}</a>`
    return html`${loadable(this.#certificate, row => this.#verdict(row), {
      waiting: skeletons('card'),
      failed: error => error.status === 404 ? emptyState({
        icon: 'warning', title: t('cert.unknown'), text: t('cert.verifyText'), isPage: true, action: again,
      }) : failure(error),
    })}${this.#certificate.value && html`<div>${again}</div>`}
    <reason-dialog data-key="reason"></reason-dialog>`
  }

  #verdict(row) {
    const facts = [
      ['cert.holder', row.name], [`cert.${row.kind}`, row.title], ['cert.organisation', row.organisation],
      ['cert.completed', date(row.completedAt)], ['cert.scoreName', row.score !== null && percent(row.score)],
      ['cert.issued', date(row.issuedAt)], ['cert.until', row.validUntil && date(row.validUntil)],
    ]
    const words = { valid: 'cert.isValid', expired: 'cert.isExpired', revoked: 'cert.isRevoked' }[row.status]
    return html`
      <section class="card verdict" data-status="${row.status}" aria-labelledby="verdict">
        <h1 id="verdict">${icon(row.status === 'valid' ? 'check' : 'warning')}<span>${t(words)}</span></h1>
        <dl class="document-facts">${facts.filter(([, value]) => value).map(([label, value]) => html`
          <div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl>
        <div class="certificate-actions">
          ${row.status !== 'revoked' && html`<a class="button" href="${paperOf({ code: this.#code })}"
            target="_blank" rel="noopener">${icon('file')}PDF</a>`}
          ${this.#tools(row)}</div>
        ${row.status === 'revoked' && this.#reason()}</section>`
  }

  #reason() {
    const record = this.#record.value
    if (!record) return null
    return html`<p class="quiet">${record.reason ? t('cert.reason', record) : t('cert.takenBack')}</p>`
  }

  #tools({ status }) {
    const record = this.#record.value
    if (!record) return null
    if (status === 'revoked' && !record.reason) return null
    return status === 'revoked'
      ? html`<button type="button" class="button" data-key="reinstate" data-click="reinstate">
        ${t('cert.reinstate')}</button>`
      : html`<button type="button" class="button button-danger" data-key="revoke" data-click="revoke">
        ${t('cert.revoke')}</button>`
  }

  again() {
    this.#certificate.load()
    if (can(right)) this.#record.load()
  }

  ask(event, form) {
    event.preventDefault()
    const code = String(new FormData(form).get('code') ?? '').trim()
    if (!code) return this.change({ errors: { code: t('cert.verifyText') } })
    go(`/certificates/${encodeURIComponent(code)}`)
  }

  revoke() {
    this.querySelector('reason-dialog').open({
      title: t('cert.revoke'), text: t('cert.revokeText'), yes: t('cert.revoke'), required: true,
      work: async reason => {
        await put(`${this.#path}/revocation`, { reason })
        toast(t('cert.nowRevoked'), 'success')
        this.again()
      },
    })
  }

  async reinstate() {
    try {
      await remove(`${this.#path}/revocation`)
      toast(t('cert.reinstated'), 'success')
    } catch (error) { toast(error.message, 'error') }
    this.again()
  }
}

customElements.define('verify-certificate-page', VerifyCertificatePage)
route(['/certificates', '/certificates/:code'], ({ code = '' }) => html`<verify-certificate-page
  data-key="verify-${code}" code="${code}"></verify-certificate-page>`,
  { access: 'everyone', title: 'cert.verify' })
