import { ViewElement } from '../lib/element.js'
import { threadOf } from '../lib/chat/store.js'
import { withDialog } from '../lib/dialogs.js'
import { bytes, exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { singleton } from '../lib/singleton.js'

const isPicture = ({ type }) => /^image\/(png|jpeg|gif|webp)$/.test(type)

/** The pictures of the loaded messages of a channel, oldest first. */
const picturesOf = channel => threadOf(channel).get().messages.filter(message => !message.deletedAt)
  .flatMap(message => (message.files ?? []).filter(isPicture).map(file => ({ ...file, message })))

/**
 * Shows a picture on the whole screen; the arrow keys move through those around it: `showPicture(…)`, `showPictures(…)`.
 */
class PictureViewer extends withDialog(ViewElement) {
  #pictures = []
  #at = 0

  connected() {
    this.listen(this, 'keydown', event => {
      if (event.altKey || event.ctrlKey || event.metaKey) return
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        event.preventDefault()
        this.#go(event.key === 'ArrowLeft' ? -1 : 1)
      }
    })
  }

  open(pictures, fileUrl) {
    this.#pictures = pictures
    this.#at = Math.max(0, this.#pictures.findIndex(file => file.fileUrl === fileUrl))
    if (!this.#pictures.length) return
    this.draw()
    this.dialog.showModal()
    this.querySelector('[data-key=shut]').focus()
  }

  view() {
    const file = this.#pictures[this.#at]
    return html`<dialog class="viewer" aria-label="${t('picture.title')}" data-click="backdrop"
      data-close="closed">${file && html`
      <header class="viewer-head">
        <p><strong>${file.fileName}</strong><small>${aboutFile(file)}</small></p>
        <a class="icon-button" data-key="load" href="${file.fileUrl}?download=1" download="${file.fileName}"
          aria-label="${t('picture.download')}" title="${t('picture.download')}">${icon('download')}</a>
        <button type="button" class="icon-button" data-key="shut" data-click="shut"
          aria-label="${t('action.close')}" title="${t('action.close')} (${t('compose.escape')})">
          ${icon('close')}</button>
      </header>
      <figure data-click="beside">
        <img data-key="${file.fileUrl}" src="${file.fileUrl}" alt="${file.fileName}"
          width="${file.width || ''}" height="${file.height || ''}"></figure>
      ${this.#pictures.length > 1 && html`<footer class="viewer-foot">
        <button type="button" class="icon-button" data-key="before" data-click="before"
          ?disabled=${this.#at === 0} aria-label="${t('picture.before')}" title="${t('picture.before')} (←)">
          ${icon('back')}</button>
        <p role="status">${t('picture.count', { at: this.#at + 1, count: this.#pictures.length })}</p>
        <button type="button" class="icon-button" data-key="after" data-click="after"
          ?disabled=${this.#at === this.#pictures.length - 1} aria-label="${t('picture.after')}"
          title="${t('picture.after')} (→)">${icon('next')}</button>
      </footer>`}`}</dialog>`
  }

  #go(step) {
    const next = this.#at + step
    if (!this.#pictures[next]) return
    this.#at = next
    this.update()
  }

  before() { this.#go(-1) }
  after() { this.#go(1) }
  beside(event) { if (event.target.localName === 'figure') this.shut() }

  closed(_, dialog) {
    if (dialog.open) return
    this.#pictures = []
    this.update()
  }
}

/** Who sent a file, when, and its size. */
const aboutFile = ({ message, size }) => [message.authorName, exact(message.createdAt), bytes(size)].join(' · ')

customElements.define('picture-viewer', PictureViewer)

/** Shows a picture of a channel; does nothing when its message is not loaded. */
export const showPicture = (channel, fileUrl) => singleton('picture-viewer').open(picturesOf(channel), fileUrl)

/** Shows one of the pictures among the files of posts: `{authorName, createdAt, files}`. */
export const showPictures = (posts, fileUrl) => singleton('picture-viewer')
  .open(posts.flatMap(message => message.files.filter(isPicture).map(file => ({ ...file, message }))), fileUrl)
