// A classic script in the head: sets theme and language before the first paint and before any module.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('obox.preferences') ?? '{}')
    if (['auto', 'light', 'dark'].includes(kept.theme)) document.documentElement.dataset.theme = kept.theme
    if (['fr', 'en'].includes(kept.language)) document.documentElement.lang = kept.language
  } catch { /* storage is off: the defaults hold */ }

  // When a script or a style sheet fails to load (a network that changes), reloads the page, at most three
  // times.
  const tries = Number(/^#tries=(\d)$/.exec(location.hash)?.[1] ?? 0)
  let bare = false
  addEventListener('error', ({ target }) => {
    if (bare || (target?.type !== 'module' && target?.rel !== 'stylesheet')) return
    bare = true
    if (tries < 3) setTimeout(() => { history.replaceState(null, '', `#tries=${tries + 1}`); location.reload() }, 500 * (tries + 1))
  }, true)
  addEventListener('load', () => {
    if (tries && !bare) history.replaceState(history.state, '', location.pathname + location.search)
  })
})()
