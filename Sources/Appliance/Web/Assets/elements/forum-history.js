import { get } from '../lib/api.js'
import { withDialog } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { postPath } from '../lib/forum.js'
import { dateAndTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { dialogHead } from './dialog-parts.js'
import { briefly, loadable, skeletons } from './loadable.js'

/** The earlier texts of a post: `open(id)`. */
class ForumHistory extends withDialog(ViewElement) {
  #id = null
  #versions = new Loader(this, signal => get(postPath(this.#id, '/history'), { signal }))

  open(id) {
    this.#id = id
    this.#versions.clear()
    this.#versions.load()
    this.dialog.showModal()
  }

  view() {
    return html`
      <dialog class="dialog" aria-labelledby="forum-history-title" data-click="backdrop">
        ${dialogHead('forum-history-title', t('forum.earlierTexts'))}
        ${this.#id && loadable(this.#versions, rows => html`
          <ol class="forum-versions">${rows.map(row => html`<li data-key="version-${row.id}"><p class="quiet">
            ${t('forum.replacedBy', { name: row.editorName })} · ${dateAndTime(row.replacedAt)}</p>
            <pre tabindex="0">${row.content}</pre></li>`)}</ol>`, {
          waiting: skeletons('row', 1), failed: briefly })}
      </dialog>`
  }
}

customElements.define('forum-history', ForumHistory)
