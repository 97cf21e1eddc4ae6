import { ViewElement } from '../lib/element.js'
import { isOutside } from '../lib/dialogs.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { place } from '../lib/router.js'

const keys = [['Ctrl K', 'switcher.title'], ['h', 'keys.home'], ['n', 'keys.new'], ['/', 'keys.filter'], ['m', 'keys.machines'], ['c', 'keys.chat'], ['?', 'keys.help'], ['Esc', 'keys.escape']]

const chatKeys = [
  ['/', 'search.title'], ['Alt ↑ ↓', 'keys.channels'], ['Alt ⇧ ↑ ↓', 'keys.unread'], ['↑', 'keys.change'],
  ['Ctrl B, I, E', 'keys.marks'], ['⇧ ↵', 'keys.line'],
]

/** The sheet of keyboard shortcuts. */
class KeySheet extends ViewElement {
  connected() { this.watch(place) }

  open() {
    const dialog = this.querySelector('dialog')
    if (!dialog.open) dialog.showModal()
  }

  view() {
    const shown = place.get().path.startsWith('/chat') ? [...chatKeys, ...keys.filter(([key]) => !['n', '/'].includes(key))] : keys
    return html`
      <dialog class="dialog dialog-small" aria-labelledby="keys-title" data-click="backdrop">
        <header class="dialog-head">
          <h2 id="keys-title">${t('keys.title')}</h2>
          <button class="icon-button" data-click="shut" aria-label="${t('action.close')}">
            ${icon('close')}</button>
        </header>
        <dl class="keys">${shown.map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>
          ${t(words)}</dd></div>`)}</dl>
      </dialog>`
  }

  backdrop(event, dialog) { if (isOutside(event, dialog)) dialog.close() }
  shut() { this.querySelector('dialog').close() }
}

customElements.define('key-sheet', KeySheet)
