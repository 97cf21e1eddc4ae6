/** Replaces a part of a text box as if it were typed, so that the browser can undo it. */
export function replaceIn(box, start, end, text) {
  box.focus()
  box.setSelectionRange(start, end)
  const done = text ? document.execCommand('insertText', false, text) : start === end || document.execCommand('delete')
  if (done) return
  box.setRangeText(text, start, end, 'end')
  box.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Changes the text by replacing only the part that differs, and sets the selection. */
export function retype(box, text, start, end = start) {
  const before = box.value
  let head = 0
  while (head < Math.min(before.length, text.length) && before[head] === text[head]) head += 1
  let tail = 0
  while (tail < Math.min(before.length, text.length) - head && before.at(-1 - tail) === text.at(-1 - tail)) tail += 1
  replaceIn(box, head, before.length - tail, text.slice(head, text.length - tail))
  box.setSelectionRange(start, end)
}

/** Makes the box as high as its text, in browsers without `field-sizing`. */
export function grow(box) {
  if (CSS.supports('field-sizing', 'content')) return
  box.style.height = 'auto'
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
}

/** How many characters a text has as the server counts them. */
export const lengthOf = text => [...text].length

/** Whether the main pointer is a finger: then Enter inserts a line break. */
export const isTouch = () => matchMedia('(hover: none) and (pointer: coarse)').matches
