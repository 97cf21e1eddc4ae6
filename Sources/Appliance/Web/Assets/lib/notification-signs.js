const counted = /^\(\d+\) /

/** "(3) Machines · OBox" of "Machines · OBox", or without the count when nothing is unread. */
export const titleWith = (title, unread) => (unread ? `(${unread}) ` : '') + title.replace(counted, '')

/** Shows the unread count in the title of the page, in its icon and as the badge of the installed app. */
export function startSigns(notifications) {
  const icon = document.querySelector('link[rel="icon"]')
  const sign = () => {
    const { unread } = notifications.get()
    const title = titleWith(document.title, unread)
    if (title !== document.title) document.title = title
    const href = unread ? '/logo-unread.svg' : '/logo.svg'
    if (icon && icon.getAttribute('href') !== href) icon.setAttribute('href', href)
    return unread
  }
  // Each page sets its own title.
  new MutationObserver(sign).observe(document.querySelector('title'), { childList: true, characterData: true, subtree: true })
  let before = 0
  notifications.subscribe(() => {
    const unread = sign()
    if (unread === before) return
    before = unread
    const badge = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.()
    badge?.catch(() => { /* not installed as an app */ })
  })
}
