import './files-field.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** What an address is called when its file is not known: the end of a web address, else its number. */
const nameOf = (address, index) => address.startsWith('/') ? t('files.number', { number: index + 1 })
  : decodeURI(address).split('/').pop() || address

/**
 * Several files as a field of the surrounding form: `name`, `label`, `error`, and `value`, a JSON list of addresses, as
 * is that in its hidden input.
 */
class FileList extends ViewElement {
  static observedAttributes = ['label', 'error']
  #addresses = []

  connected() {
    this.#addresses = JSON.parse(this.getAttribute('value') || '[]')
    this.listen(this, 'files-changed', ({ target }) => {
      this.#addresses = target.value.map(({ fileUrl }) => fileUrl)
      this.update()
    })
    this.draw()
    this.querySelector('files-field').value = this.#addresses
      .map((fileUrl, index) => ({ fileUrl, fileName: nameOf(fileUrl, index), size: NaN }))
  }

  view() {
    return html`<input type="hidden" name="${this.getAttribute('name')}"
        value="${JSON.stringify(this.#addresses)}">
      <files-field data-key="files" label="${this.getAttribute('label')}"
        error="${this.getAttribute('error')}"></files-field>`
  }
}

customElements.define('file-list', FileList)
