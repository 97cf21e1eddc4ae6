const itemsOf = menu => [...menu.querySelectorAll('[role^=menuitem]')].filter(item => item.checkVisibility())

/** Shows a popover menu below its button, within the window, and focuses its first item. */
export function openMenu(button, menu) {
  menu.showPopover()
  const { right, bottom, top } = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const y = bottom + 4 + height <= innerHeight - 8 ? bottom + 4 : Math.max(8, top - height - 4)
  Object.assign(menu.style, { left: `${Math.max(8, Math.min(right - width, innerWidth - width - 8))}px`, top: `${y}px` })
  itemsOf(menu)[0]?.focus()
}

/** Handles a key in an open menu: arrows, Home and End move, Tab closes. */
export function menuKeys(event, menu) {
  if (!menu) return
  const items = itemsOf(menu)
  const at = items.indexOf(document.activeElement)
  if (at < 0) return
  const next = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key]
  if (event.key === 'Tab') menu.hidePopover()
  if (next === undefined) return
  event.preventDefault()
  items[next].focus()
}
