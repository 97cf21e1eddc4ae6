import { go } from './router.js'
import { session } from './session.js'

const typing = target => target.closest?.('input, textarea, select, [contenteditable]')

/**
 * Starts the keyboard shortcuts `h`, `n`, `/`, `m`, `c` and `?`, which are ignored in fields and while a dialog is
 * open, and Ctrl+K, which calls `openSearch`.
 */
export function startShortcuts(signal, openSearch) {
  document.addEventListener('keydown', event => {
    if (isSearch(event)) {
      event.preventDefault()
      return openSearch()
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
    if (document.querySelector('dialog[open]') || !session.get().user) return
    const action = actions[event.key]
    if (!action || (ofMachines.has(event.key) && document.querySelector('chat-page'))) return
    event.preventDefault()
    action()
  }, { signal })
}

/** Ctrl+K or ⌘K, also in a field, unless a dialog is open. */
const isSearch = event => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'k'
  && !event.isComposing && !document.querySelector('dialog[open]') && session.get().user

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
  h: () => go('/'),
  m: () => go('/machines'),
  c: () => go('/chat'),
  '?': () => document.querySelector('key-sheet')?.open(),
}
