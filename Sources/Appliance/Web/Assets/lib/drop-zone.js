import { lengthOf } from './text-box.js'

const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files')

/**
 * Accepts files dropped anywhere on the page, while `isOpen()`. `place` is the rectangle for the hint during
 * a drag, else null.
 */
export class DropZone {
  place = null
  #element
  #inside = 0

  constructor(element, dropped, isOpen) {
    this.#element = element
    const on = (type, handle) => element.listen(document, type, event => {
      if (!hasFiles(event) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      if (isOpen()) handle(event)
    })
    on('dragenter', () => { if ((this.#inside += 1) === 1) this.#show() })
    on('dragleave', () => { if ((this.#inside = Math.max(0, this.#inside - 1)) === 0) this.#hide() })
    on('dragover', event => { event.dataTransfer.dropEffect = 'copy' })
    on('drop', event => {
      this.#hide()
      if (event.dataTransfer.files.length) dropped(event.dataTransfer.files)
    })
  }

  #show() {
    this.place = this.#element.parentElement.getBoundingClientRect()
    this.#element.update()
  }

  #hide() {
    this.#inside = 0
    this.place = null
    this.#element.update()
  }

  /** Positions the hint. */
  cover(hint) {
    if (!hint || !this.place) return
    const { left, width, top, bottom } = this.place
    const from = Math.max(0, top)
    Object.assign(hint.style, { left: `${left}px`, width: `${width}px`, top: `${from}px`, height: `${Math.min(bottom, innerHeight) - from}px` })
  }
}

/** The files of a paste; none when it also has text (word processors add a picture of the text). */
export function pastedFiles(data) {
  if (!data?.files.length || data.getData('text/plain').trim()) return []
  return [...data.files]
}

/** A pasted text longer than `most` characters, with the line ends of a text box; else null. */
export function pastedAtLength(data, most) {
  const text = data?.getData('text/plain') ?? ''
  return lengthOf(text) > most ? text.replace(/\r\n?/g, '\n') : null
}

/** A text file with that text. */
export const textFile = text => new File([text], 'message.txt', { type: 'text/plain' })
