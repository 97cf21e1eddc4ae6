/** Whether a click fell beside the dialog, on what it covers. */
export function isOutside(event, dialog) {
  if (event.target !== dialog) return false
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom
}
