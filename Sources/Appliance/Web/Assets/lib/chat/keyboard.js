/**
 * Keeps the chat above the keyboard of a phone: sets its height to the visible part, and hides the bar below
 * while typing.
 */
export function followKeyboard(signal) {
  const sight = globalThis.visualViewport
  if (!sight) return
  const root = document.documentElement
  const follow = () => {
    const open = sight.scale < 1.05 && innerHeight - sight.height > 120
    const shrunk = matchMedia('(pointer: coarse)').matches && document.activeElement?.matches('textarea, input') && sight.height < screen.height * 0.72
    root.toggleAttribute('data-keyboard', open || shrunk)
    if (open) root.style.setProperty('--in-sight', `${sight.height}px`)
    else root.style.removeProperty('--in-sight')
    if (open) scrollTo(0, 0)
  }
  sight.addEventListener('resize', follow, { signal })
  for (const type of ['focusin', 'focusout']) document.addEventListener(type, () => requestAnimationFrame(follow), { signal })
  signal.addEventListener('abort', () => { root.removeAttribute('data-keyboard'); root.style.removeProperty('--in-sight') })
}
