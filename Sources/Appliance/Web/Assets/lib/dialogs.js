/** Whether a click hit the backdrop of a dialog. */
export function isOutside(event, dialog) {
  if (event.target !== dialog) return false
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom
}
