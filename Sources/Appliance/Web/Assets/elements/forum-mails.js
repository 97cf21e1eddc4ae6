import { get, put } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { toast } from '../lib/toast.js'
import { briefly, loadable, skeletons } from './loadable.js'

const path = '/api/forum/mails'
const periods = ['off', 'daily', 'weekly']

/** How often the user gets a mail about what is new in the forum; a choice is saved at once. */
class ForumMails extends ViewElement {
  #wish = new Loader(this, signal => get(path, { signal }))

  connected() { this.#wish.load() }

  view() {
    return html`
      <section class="card" aria-labelledby="forum-mails-title">
        <h2 id="forum-mails-title">${t('forum.mails')}</h2>
        <p class="quiet">${t('forum.mailsText')}</p>
        ${loadable(this.#wish, wish => html`<div class="switch"><div class="switch-choices">
          ${periods.map(period => html`<button type="button" data-click="choose" data-period="${period}"
            aria-pressed="${period === wish.period ? 'true' : 'false'}">
            ${t(`forum.mails.${period}`)}</button>`)}
          </div></div>`, { waiting: skeletons('row', 1), failed: briefly })}
      </section>`
  }

  async choose(_, { dataset: { period } }) {
    try {
      this.#wish.set(await put(path, { period }))
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('forum-mails', ForumMails)
