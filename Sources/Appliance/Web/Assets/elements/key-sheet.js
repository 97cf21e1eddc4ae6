import { ViewElement } from '../lib/element.js'
import { withDialog } from '../lib/dialogs.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { place } from '../lib/router.js'
import { dialogHead } from './dialog-parts.js'

const keys = [['Ctrl K', 'switcher.title'], ['h', 'keys.home'], ['n', 'keys.new'], ['/', 'keys.filter'], ['m', 'keys.machines'], ['c', 'keys.chat'], ['?', 'keys.help'], ['Esc', 'keys.escape']]

const chatKeys = [
  ['/', 'search.title'], ['Alt ↑ ↓', 'keys.channels'], ['Alt ⇧ ↑ ↓', 'keys.unread'], ['↑', 'keys.change'],
  ['Ctrl B, I, E', 'keys.marks'], ['⇧ ↵', 'keys.line'],
]

/** The sheet of keyboard shortcuts. */
class KeySheet extends withDialog(ViewElement) {
  connected() { this.watch(place) }

  open() {
    const dialog = this.dialog
    if (!dialog.open) dialog.showModal()
  }

  view() {
    const shown = place.get().path.startsWith('/chat') ? [...chatKeys, ...keys.filter(([key]) => !['n', '/'].includes(key))] : keys
    return html`
      <dialog class="dialog dialog-small" aria-labelledby="keys-title" data-click="backdrop">
        ${dialogHead('keys-title', t('keys.title'))}
        <dl class="keys">${shown.map(([key, words]) => html`<div><dt><kbd>${key}</kbd></dt><dd>
          ${t(words)}</dd></div>`)}</dl>
      </dialog>`
  }

}

customElements.define('key-sheet', KeySheet)
