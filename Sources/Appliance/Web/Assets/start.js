// A classic script in the head: what must hold before the first paint, and before any module.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('obox.preferences') ?? '{}')
    if (['auto', 'light', 'dark'].includes(kept.theme)) document.documentElement.dataset.theme = kept.theme
    if (['fr', 'en'].includes(kept.language)) document.documentElement.lang = kept.language
  } catch { /* storage is off: the defaults hold */ }

  // A network that changes while the modules load leaves an empty page: load it anew, three times at most.
  addEventListener('error', ({ target }) => {
    if (target?.type !== 'module') return
    const tries = Number(new URLSearchParams(location.hash.slice(1)).get('tries') ?? 0)
    if (tries >= 3) return
    history.replaceState(null, '', `#tries=${tries + 1}`)
    setTimeout(() => location.reload(), 500 * (tries + 1))
  }, true)
})()
