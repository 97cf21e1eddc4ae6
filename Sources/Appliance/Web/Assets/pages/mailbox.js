import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { bytes, exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { place } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'

const refetchEvery = 10_000

/** The local mailbox: the list, and beside it the chosen message. */
class MailboxPage extends ViewElement {
  #mails = null
  #mail = null
  #error = null
  #mailError = null
  #all = false

  connected() {
    this.watch(place, () => this.#choose())
    this.listen(socket, 'catch-up', () => this.#fetch())
    this.every(refetchEvery, () => { if (document.visibilityState === 'visible') this.#fetch() })
    this.#fetch()
    this.#choose()
  }

  get #id() { return place.get().parameters.id }

  async #fetch() {
    try {
      this.#mails = await get(this.#all ? '/api/mailbox?all=1' : '/api/mailbox', { signal: this.signal })
      this.#error = null
    } catch (error) {
      if (error.name === 'AbortError') return
      this.#error = error
    }
    this.update()
  }

  async #choose() {
    const id = this.#id
    this.#mailError = null
    if (this.#mail?.id !== id) this.#mail = null
    this.update()
    if (!id || this.#mail) return
    try {
      const mail = await get(`/api/mailbox/${encodeURIComponent(id)}`, { signal: this.signal })
      if (this.#id === id) this.#mail = { ...mail, id }
    } catch (error) {
      if (error.name === 'AbortError') return
      this.#mailError = error
    }
    this.update()
  }

  view() {
    const local = session.get().appliance.mail === 'mailbox'
    return html`
      <header class="page-head">
        <div><h1>${t('mailbox.title')}</h1><p class="lead">${t(local ? 'mailbox.lead' : 'mailbox.leadSmtp')}</p></div>
        ${isAdmin() && html`<fieldset class="switch"><legend class="visually-hidden">${t('mailbox.whose')}</legend><div class="switch-choices">
          <button data-click="mine" aria-pressed="${this.#all ? 'false' : 'true'}">${t('mailbox.mine')}</button>
          <button data-click="everyone" aria-pressed="${this.#all ? 'true' : 'false'}">${t('mailbox.everyone')}</button></div></fieldset>`}
      </header>
      <div class="mailbox ${this.#id && 'mailbox-reading'}">
        <div class="mail-list">${this.#list()}</div>
        <div class="mail-pane">${this.#reading()}</div>
      </div>`
  }

  #list() {
    if (!this.#mails && this.#error) return emptyState({
      icon: 'warning', title: t('error.load'), text: this.#error.message,
      action: html`<button class="button" data-click="again">${icon('reboot')}${t('action.retry')}</button>`,
    })
    if (!this.#mails) return html`<div aria-busy="true">${[1, 2, 3].map(() => html`<span class="skeleton skeleton-row"></span>`)}</div>`
    if (!this.#mails.length) return emptyState({ icon: 'mail', title: t('mailbox.empty'), text: t('mailbox.emptyText') })
    return html`<ul class="mails" aria-label="${t('mailbox.list')}">${this.#mails.map(mail => html`
      <li data-key="mail-${mail.id}"><a class="mail" href="/mailbox/${encodeURIComponent(mail.id)}" ${String(mail.id) === this.#id && html`aria-current="true"`}>
        <strong>${mail.subject}</strong><span>${mail.to}</span>
        <small><time-ago moment="${mail.createdAt}"></time-ago><em data-mail="${mail.status}">${t(`mail.${mail.status}`)}</em></small>
      </a></li>`)}</ul>`
  }

  #reading() {
    if (this.#mailError) return emptyState({
      icon: 'mail', title: this.#mailError.status === 404 || this.#mailError.status === 403 ? t('mailbox.notFound') : this.#mailError.message,
      action: html`<a class="button" href="/mailbox">${icon('back')}${t('mailbox.title')}</a>`,
    })
    if (!this.#id) return html`<p class="quiet mail-none">${t('mailbox.choose')}</p>`
    if (!this.#mail) return html`<span class="skeleton skeleton-card"></span>`
    const { to, subject, createdAt, status, error, attempts, text, attachments } = this.#mail
    return html`
      <article class="letter" aria-labelledby="letter-subject">
        <a class="back" href="/mailbox">${icon('back')}${t('mailbox.title')}</a>
        <h2 id="letter-subject">${subject}</h2>
        <p class="letter-head">${t('mailbox.to')} <strong>${to}</strong> · <time datetime="${createdAt}">${exact(createdAt)}</time> · <em data-mail="${status}">${t(`mail.${status}`)}</em></p>
        ${status === 'failed' && error && html`<p class="alert">${icon('warning')}${error} (${t('mail.attempts', { count: attempts })})</p>`}
        <div class="letter-text">${linked(text ?? '')}</div>
        ${attachments?.length > 0 && html`<h3>${t('mailbox.attachments')}</h3><ul class="clips">${attachments.map(clip => this.#clip(clip))}</ul>`}
      </article>`
  }

  #clip({ index, name, size, withheld }) {
    const what = html`${icon('clip')}<span>${name}</span><small>${withheld ? t('mailbox.withheld') : bytes(size)}</small>`
    if (withheld) return html`<li class="clip">${what}</li>`
    return html`<li><a class="clip" href="/api/mailbox/${encodeURIComponent(this.#id)}/attachments/${index}" download="${name}">${what}</a></li>`
  }

  again() { this.#fetch() }
  mine() { this.#show(false) }
  everyone() { this.#show(true) }

  #show(all) {
    this.#all = all
    this.#mails = null
    this.update()
    this.#fetch()
  }
}

/** Plain text with its http(s) addresses as links; those of this appliance open in the page. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"']+)/).map((part, index) => {
    if (index % 2 === 0) return part
    const [, address, rest] = /^(.*?)([.,;:!?)]*)$/.exec(part)
    return html`<a href="${address}">${address}</a>${rest}`
  })
}

customElements.define('mailbox-page', MailboxPage)
