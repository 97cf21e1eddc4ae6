import { go } from './router.js'
import { session } from './session.js'

const typing = target => target.closest?.('input, textarea, select, [contenteditable]')

/**
 * Starts the keyboard shortcuts `n`, `/`, `m`, `c` and `?`, which are ignored in fields and while a dialog is
 * open.
 */
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

/** Goes to the machines page and calls a method of it. */
function onMachines(method) {
  go('/machines')
  requestAnimationFrame(() => document.querySelector('machines-page')?.[method]())
}

/** Keys ignored in the chat, which uses them itself or must not be left by a slip. */
const ofMachines = new Set(['n', '/'])

const actions = {
  n: () => onMachines('create'),
  '/': () => onMachines('focusFilter'),
  m: () => go('/machines'),
  c: () => go('/chat'),
  '?': () => document.querySelector('key-sheet')?.open(),
}
