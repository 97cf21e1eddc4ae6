import '../elements/time-ago.js'
import { boxLetter, boxLetters } from '../elements/box-letter.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { place, route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'

const refetchEvery = 10_000

/** The local mailbox: the list of mails and the selected one. */
class MailboxPage extends ViewElement {
  #all = false
  #mails = new Loader(this, signal => get(this.#all ? '/api/mailbox?all=1' : '/api/mailbox', { signal }))
  #mail = new Loader(this, async signal => {
    const id = this.#id
    return { ...await get(`/api/mailbox/${encodeURIComponent(id)}`, { signal }), id }
  })

  connected() {
    this.watch(place, () => this.#choose())
    this.listen(socket, 'catch-up', () => this.#mails.load())
    this.every(refetchEvery, () => { if (document.visibilityState === 'visible') this.#mails.load() })
    this.#mails.load()
    this.#choose()
  }

  get #id() { return place.get().parameters.id }

  #choose() {
    if (this.#mail.error || this.#mail.value?.id !== this.#id) this.#mail.clear()
    this.update()
    if (this.#id && !this.#mail.value) this.#mail.load()
  }

  view() {
    const local = session.get().appliance.mail === 'mailbox'
    const state = this.#id ? 'mailbox-reading' : this.#mails.value?.length === 0 && 'mailbox-empty'
    return html`
      <header class="page-head">
        <div><h1>${t('mailbox.title')}</h1><p class="lead">
          ${t(local ? 'mailbox.lead' : 'mailbox.leadSmtp')}</p></div>
        ${isAdmin() && html`<fieldset class="switch"><legend class="visually-hidden">
          ${t('mailbox.whose')}</legend><div class="switch-choices">
          <button data-click="mine" aria-pressed="${this.#all ? 'false' : 'true'}">
            ${t('mailbox.mine')}</button>
          <button data-click="everyone" aria-pressed="${this.#all ? 'true' : 'false'}">
            ${t('mailbox.everyone')}</button></div></fieldset>`}
      </header>
      <div class="mailbox ${state}">
        <div class="mail-list">${this.#list()}</div>
        <div class="mail-pane">${this.#reading()}</div>
      </div>`
  }

  #list() {
    return loadable(this.#mails, mails => boxLetters(mails, '/mailbox', this.#id), {
      empty: emptyState({ icon: 'mail', title: t('mailbox.empty'), text: t('mailbox.emptyText') }),
    })
  }

  #reading() {
    if (!this.#id) return this.#mails.value?.length > 0 && html`<p class="quiet mail-none">
      ${t('mailbox.choose')}</p>`
    return loadable(this.#mail, mail => boxLetter({ ...mail, id: this.#id }, '/mailbox'), {
      waiting: skeletons('card'),
      failed: ({ status, message }) => emptyState({
        icon: 'mail', title: status === 404 || status === 403 ? t('mailbox.notFound') : message,
        action: html`<a class="button" href="/mailbox">${icon('back')}${t('mailbox.title')}</a>`,
      }),
    })
  }

  again() { this.#mails.load() }
  mine() { this.#show(false) }
  everyone() { this.#show(true) }

  #show(all) {
    this.#all = all
    this.#mails.clear()
    this.#mails.load()
  }
}

customElements.define('mailbox-page', MailboxPage)
route(['/mailbox', '/mailbox/:id'], () => html`<mailbox-page data-key="mailbox"></mailbox-page>`,
  { access: 'signedIn', title: 'mailbox.title' })
