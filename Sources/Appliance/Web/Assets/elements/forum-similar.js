import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { queryOf } from '../lib/people.js'
import { topicMarks } from './forum-signs.js'

const typingRests = 350
const shortest = 4

/** Topics that are like the title being typed: `about(title)`. They open beside the page, which keeps what was typed. */
class ForumSimilar extends ViewElement {
  #topics = []
  #title = ''
  #rest = null

  disconnected() { clearTimeout(this.#rest) }

  about(text) {
    const title = text.trim()
    if (title === this.#title) return
    this.#title = title
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => this.#ask(title), typingRests)
  }

  async #ask(title) {
    const path = '/api/forum/similar' + queryOf({ title })
    const found = title.length < shortest ? []
      : await get(path, { signal: this.signal, quiet: true }).catch(() => [])
    if (title !== this.#title) return
    this.#topics = found
    this.update()
  }

  view() {
    return html`
      <div class="forum-similar" role="status" ?hidden=${!this.#topics.length}>
        <p class="quiet" id="similar-title">${this.#topics.length > 0 && t('forum.similar')}</p>
        <ul aria-labelledby="similar-title">${this.#topics.map(({ id, title, isSolved, replyCount }) => html`
          <li data-key="similar-${id}">
            <a href="/forum/topics/${encodeURIComponent(id)}" target="_blank">${title}</a>
            <span class="forum-marks">${topicMarks({ isSolved })}</span>
            <small class="quiet">${t('forum.replyCount', { count: replyCount })}</small></li>`)}</ul></div>`
  }
}

customElements.define('forum-similar', ForumSimilar)
