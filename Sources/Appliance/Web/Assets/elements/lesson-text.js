import { isOutside, playerOf } from '../lib/courses.js'
import { bytes } from '../lib/format.js'
import { t } from '../lib/i18n.js'

/**
 * The text of a lesson: `show(lesson)`. Its HTML is made by the server, without any of its author's; here, sounds and
 * videos get their players, and links to other sites open in a new tab.
 */
class LessonText extends HTMLElement {
  #shown = null

  show(lesson) {
    if (this.#shown === lesson.html) return
    this.#shown = lesson.html
    const { body } = new DOMParser().parseFromString(lesson.html, 'text/html')
    const files = new Map(lesson.files.map(file => [file.fileUrl, file]))
    for (const picture of body.querySelectorAll('img')) this.#picture(picture, files)
    for (const link of body.querySelectorAll('a[href]')) this.#link(link, files)
    for (const heading of body.querySelectorAll('h1, h2, h3, h4, h5')) this.#lower(heading)
    for (const table of body.querySelectorAll('table')) this.#wide(table)
    this.replaceChildren(...body.childNodes)
  }

  #picture(picture, files) {
    const address = picture.getAttribute('src') ?? ''
    const kind = playerOf(files.get(address)?.type)
    if (kind) return picture.replaceWith(player(kind, address, picture.alt))
    picture.loading = 'lazy'
    if (!isOutside(address)) return
    // Pictures of other sites are not loaded: they would learn who reads.
    const link = document.createElement('a')
    link.href = address
    link.textContent = picture.alt || address
    picture.replaceWith(link)
  }

  #link(link, files) {
    const address = link.getAttribute('href')
    const file = files.get(address)
    if (file) {
      link.classList.add('lesson-file')
      link.setAttribute('download', '')
      link.append(` (${bytes(file.size)})`)
    } else if (isOutside(address)) {
      link.target = '_blank'
      link.rel = 'noopener noreferrer'
    }
  }

  /** The page has its own main heading. */
  #lower(heading) {
    const lower = document.createElement(`h${Number(heading.localName[1]) + 1}`)
    lower.append(...heading.childNodes)
    heading.replaceWith(lower)
  }

  /** Lets a wide table scroll by itself, also by keyboard. */
  #wide(table) {
    const frame = document.createElement('div')
    frame.className = 'lesson-table'
    frame.tabIndex = 0
    frame.setAttribute('role', 'group')
    frame.setAttribute('aria-label', t('lesson.one'))
    table.replaceWith(frame)
    frame.append(table)
  }
}

/** A player of a video or a sound. */
export function player(kind, address, name) {
  const made = document.createElement(kind)
  Object.assign(made, { src: address, controls: true, preload: 'metadata' })
  made.setAttribute('aria-label', t('lesson.player', { name }))
  return made
}

customElements.define('lesson-text', LessonText)
