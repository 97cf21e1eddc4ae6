// A classic script in the head: the kept theme and language hold before the first paint.
(() => {
  try {
    const kept = JSON.parse(localStorage.getItem('obox.preferences') ?? '{}')
    if (['auto', 'light', 'dark'].includes(kept.theme)) document.documentElement.dataset.theme = kept.theme
    if (['fr', 'en'].includes(kept.language)) document.documentElement.lang = kept.language
  } catch { /* storage is off: the defaults hold */ }
})()
