import { go } from './router.js'
import { session } from './session.js'

const typing = target => target.closest?.('input, textarea, select, [contenteditable]')

/** One key, one thing: `n`, `/`, `m`, `c` and `?`, except while somebody types or a dialog is open. */
export function startShortcuts(signal) {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
    if (document.querySelector('dialog[open]') || !session.get().user) return
    const action = actions[event.key]
    if (!action || (ofMachines.has(event.key) && document.querySelector('chat-page'))) return
    event.preventDefault()
    action()
  }, { signal })
}

/** On the machines' screen at once; from elsewhere, it is gone to first. */
function onMachines(method) {
  go('/machines')
  requestAnimationFrame(() => document.querySelector('machines-page')?.[method]())
}

/** Keys that the chat has to itself, or has no use for: a slip must not lead away from it. */
const ofMachines = new Set(['n', '/'])

const actions = {
  n: () => onMachines('create'),
  '/': () => onMachines('focusFilter'),
  m: () => go('/machines'),
  c: () => go('/chat'),
  '?': () => document.querySelector('key-sheet')?.open(),
}
