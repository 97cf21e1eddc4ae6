import { lengthOf } from './text-box.js'

const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files')

/** The whole place around an element takes files dropped on it: `place` is where the hint stands meanwhile, else null. */
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

  /** Puts the hint over that place. */
  cover(hint) {
    if (!hint || !this.place) return
    const { left, width, top, bottom } = this.place
    const from = Math.max(0, top)
    Object.assign(hint.style, { left: `${left}px`, width: `${width}px`, top: `${from}px`, height: `${Math.min(bottom, innerHeight) - from}px` })
  }
}

/** The files of a paste; none where text comes with them (a word processor adds a picture of its text). */
export function pastedFiles(data) {
  if (!data?.files.length || data.getData('text/plain').trim()) return []
  return [...data.files]
}

/** What a paste of text would make too long for a message, with the line ends that a text box has; else null. */
export function pastedAtLength(data, most) {
  const text = data?.getData('text/plain') ?? ''
  return lengthOf(text) > most ? text.replace(/\r\n?/g, '\n') : null
}

/** A text as a file of its own. */
export const textFile = text => new File([text], 'message.txt', { type: 'text/plain' })
