import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { isPicture } from './message-files.js'

/** A picture of a message over the whole page; arrows go through the others of the same message. */
class PictureView extends ViewElement {
  #pictures = []
  #index = 0

  connected() {
    this.listen(this, 'keydown', ({ key }) => {
      if (key === 'ArrowLeft') this.back()
      if (key === 'ArrowRight') this.next()
    })
  }

  show(files, fileUrl) {
    this.#pictures = files.filter(isPicture)
    this.#index = Math.max(0, this.#pictures.findIndex(file => file.fileUrl === fileUrl))
    this.draw()
    const dialog = this.querySelector('dialog')
    if (!dialog.open) dialog.showModal()
  }

  view() {
    const file = this.#pictures[this.#index]
    if (!file) return html`<dialog class="picture-view" data-close="closed"></dialog>`
    const several = this.#pictures.length > 1
    return html`
      <dialog class="picture-view" aria-label="${file.fileName}" data-close="closed" data-click="backdrop">
        <header><strong>${file.fileName}</strong>
          <a class="icon-button" href="${file.fileUrl}?download=1" download="${file.fileName}" aria-label="${t('chat.downloadShort')}" title="${t('chat.downloadShort')}">${icon('download')}</a>
          <button type="button" class="icon-button" data-click="shut" aria-label="${t('action.close')}" title="${t('action.close')} (Esc)" autofocus>${icon('close')}</button></header>
        <img data-key="${file.fileUrl}" src="${file.fileUrl}" alt="${file.fileName}" width="${file.width}" height="${file.height}" data-click="nothing">
        ${several && html`<button type="button" class="icon-button picture-back" data-click="back" aria-label="${t('chat.pictureBack')}">${icon('back')}</button>
          <button type="button" class="icon-button picture-next" data-click="next" aria-label="${t('chat.pictureNext')}">${icon('next')}</button>`}
      </dialog>`
  }

  back() { this.#go(-1) }
  next() { this.#go(1) }
  nothing() { /* a click on the picture leaves it open */ }
  shut() { this.querySelector('dialog').close() }
  backdrop(event, dialog) { if (event.target === dialog) dialog.close() }
  closed() { this.#pictures = []; this.update() }

  #go(step) {
    this.#index = (this.#index + step + this.#pictures.length) % this.#pictures.length
    this.draw()
  }
}

customElements.define('picture-view', PictureView)

/** Shows one picture of these files large. */
export function showPicture(files, fileUrl) {
  const view = document.querySelector('picture-view') ?? document.body.appendChild(document.createElement('picture-view'))
  view.show(files, fileUrl)
}
