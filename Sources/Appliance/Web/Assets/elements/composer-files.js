import { ViewElement } from '../lib/element.js'
import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { mayRetry, removeUpload, retryUpload, uploads, uploadsOf } from '../lib/uploads.js'

/** The files of the message being written in `data-channel`: preview, progress, errors. */
class ComposerFiles extends ViewElement {
  static observedAttributes = ['data-channel']

  connected() { this.watch(uploads) }

  view() {
    const list = uploadsOf(this.dataset.channel)
    return html`<ul class="chips" aria-label="${t('upload.list')}">${list.map(one => this.#chip(one))}</ul>`
  }

  #chip({ key, name, size, preview, state, progress, error, answer }) {
    const percent = Math.round(progress * 100)
    return html`
      <li class="chip" data-key="chip-${key}" data-state="${state}">
        ${preview ? html`<img class="chip-picture" src="${preview}" alt="">`
          : html`<span class="chip-sign">${icon(state === 'refused' ? 'warning' : 'clip')}</span>`}
        <div class="chip-text"><strong title="${name}">${name}</strong>
          ${state === 'refused' ? html`<small class="chip-error" role="alert">${error}</small>`
            : state === 'done' ? html`<small>${bytes(answer?.size ?? size)}</small>`
            : html`<progress max="100" value="${percent}"
              aria-label="${t('upload.progress', { name })}"></progress>`}</div>
        ${mayRetry({ key, state })
          && html`<button type="button" class="icon-button" data-click="again" data-upload="${key}"
            aria-label="${t('upload.again', { name })}" title="${t('action.retry')}">
            ${icon('reboot')}</button>`}
        <button type="button" class="icon-button" data-click="drop" data-upload="${key}"
          aria-label="${t(state === 'sending' ? 'upload.cancel' : 'upload.remove', { name })}"
          title="${t(state === 'sending' ? 'upload.cancel' : 'upload.remove', { name })}">
          ${icon('close')}</button>
      </li>`
  }

  again(_, button) { retryUpload(this.dataset.channel, button.dataset.upload) }

  drop(_, button) {
    removeUpload(this.dataset.channel, button.dataset.upload)
    this.dispatchEvent(new CustomEvent('files-changed', { bubbles: true }))
  }
}

customElements.define('composer-files', ComposerFiles)
