const hasFiles = event => [...event.dataTransfer?.types ?? []].includes('Files')

/** The whole place around an element takes files dropped on it; its `.drop-hint` covers that place meanwhile. */
export class DropZone {
  #element
  #inside = 0

  constructor(element, dropped, isOpen) {
    this.#element = element
    const on = (type, act) => element.listen(document, type, event => {
      if (!hasFiles(event) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      if (isOpen()) act(event)
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
    const hint = this.#element.querySelector('.drop-hint')
    if (!hint) return
    const { left, top, width, height } = this.#element.parentElement.getBoundingClientRect()
    Object.assign(hint.style, { left: `${left}px`, top: `${Math.max(0, top)}px`, width: `${width}px`, height: `${Math.min(height, innerHeight)}px` })
    hint.dataset.shown = ''
  }

  #hide() {
    this.#inside = 0
    const hint = this.#element.querySelector('.drop-hint')
    if (hint) delete hint.dataset.shown
  }
}

/** The files of a paste; none where text comes with them (a word processor adds a picture of its text). */
export function pastedFiles(data) {
  if (!data?.files.length || data.getData('text/plain').trim()) return []
  return [...data.files]
}

/** A text as a file of its own. */
export const textFile = text => new File([text], 'message.txt', { type: 'text/plain' })
