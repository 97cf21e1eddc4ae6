import { singleton } from './singleton.js'

/** Asks `{title, text, yes, danger}`; resolves to whether the user agreed. */
export const confirm = question => document.querySelector('confirm-dialog').ask(question)

/** Resolves to the emoji chosen beside `anchor`, or to null. */
export const pickEmoji = anchor => singleton('emoji-picker').open(anchor)

/** Whether a click hit the backdrop of a dialog. */
export function isOutside(event, dialog) {
  if (event.target !== dialog) return false
  const { left, right, top, bottom } = dialog.getBoundingClientRect()
  return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom
}

/** `Base` with a dialog: `data-click="backdrop"` on it and `data-click="shut"` inside it close it. */
export const withDialog = Base => class extends Base {
  get dialog() { return this.querySelector('dialog') }
  backdrop(event, dialog) { if (isOutside(event, dialog)) dialog.close() }
  shut() { this.dialog.close() }
}
