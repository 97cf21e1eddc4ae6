import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { place, route } from '../lib/router.js'
import { gate } from './gate.js'

/** The target of the link in verification mails: verifies the address and shows the result. */
class VerifyEmailPage extends ViewElement {
  #state = { status: 'working', message: null }

  connected() { this.#verify() }

  async #verify() {
    const token = place.get().query.get('token')
    if (!token) return this.#end('failed', t('verify.noToken'))
    try {
      const { message } = await get(`/api/auth/verify-email?token=${encodeURIComponent(token)}`, { signal: this.signal, quiet: true })
      this.#end('done', message)
    } catch (error) {
      if (error.name !== 'AbortError') this.#end('failed', error.message)
    }
  }

  #end(status, message) {
    this.#state = { status, message }
    this.update()
  }

  view() {
    const { status, message } = this.#state
    const titles = { working: 'verify.title', done: 'verify.doneTitle', failed: 'verify.failedTitle' }
    return gate({
      title: t(titles[status]),
      lead: status === 'working' ? t('verify.working') : message,
      body: html`
        <div role="status" data-key="outcome" data-outcome="${status}">
          ${status === 'failed' && html`<p>${t('verify.failedText')}</p>`}
        </div>
        ${status !== 'working' && html`<a class="button button-primary"
          href="/sign-in">${t('verify.signIn')}</a>`}`,
    })
  }
}

customElements.define('verify-email-page', VerifyEmailPage)
route('/verify-email', () => html`<verify-email-page data-key="verify-email"></verify-email-page>`,
  { access: 'everyone', title: 'verify.title' })
