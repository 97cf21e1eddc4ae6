import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** Attached files as links, with previews of the pictures; nothing if there are none. */
export const fileClips = files => files.length > 0 && html`
  <ul class="clips" aria-label="${t('mailbox.attachments')}">${files.map(file => html`
    <li data-key="clip-${file.fileUrl}"><a class="clip" href="${file.fileUrl}" target="_blank" rel="noopener">
      ${file.width ? html`<img class="clip-picture" src="${file.fileUrl}" alt=""
        loading="lazy">` : icon('clip')}
      <span>${file.fileName}</span><small>${bytes(file.size)}</small></a></li>`)}</ul>`
