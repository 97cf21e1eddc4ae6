import { bytes } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])
const beside = new Set(['application/pdf', 'text/plain'])
const largest = { width: 360, height: 280 }

/** Whether a file is shown as a picture. */
export const isPicture = ({ type }) => pictures.has(type)

/** The size of a preview, to reserve its place before it is loaded; at most the size of the picture. */
export function previewSize({ width, height }) {
  if (!width || !height) return { width: 240, height: 160 }
  const scale = Math.min(1, largest.width / width, largest.height / height)
  return { width: Math.max(24, Math.round(width * scale)), height: Math.max(24, Math.round(height * scale)) }
}

/** The files of a message: pictures as previews, audio and video with a player, others as rows. */
export function filesMarkup(files = []) {
  const shown = files.filter(isPicture)
  const others = files.filter(file => !isPicture(file))
  return html`
    ${shown.length > 0 && html`<div class="pictures">${shown.map(pictureMarkup)}</div>`}
    ${others.length > 0 && html`<ul class="files">
      ${others.map(file => html`<li>${player(file)}${fileMarkup(file)}</li>`)}</ul>`}`
}

function pictureMarkup(file) {
  const { width, height } = previewSize(file)
  return html`<button type="button" class="picture" data-click="enlarge" data-file="${file.fileUrl}"
    aria-label="${t('chat.enlarge', { name: file.fileName })}" title="${file.fileName}">
    <img src="${file.fileUrl}" alt="${file.fileName}" width="${width}" height="${height}" loading="lazy"
      decoding="async" draggable="false"></button>`
}

function player({ type, fileUrl, fileName, width, height }) {
  if (type?.startsWith('audio/')) return html`<audio controls preload="none" src="${fileUrl}"
    aria-label="${fileName}"></audio>`
  if (!type?.startsWith('video/')) return null
  const size = previewSize({ width, height })
  return html`<video controls preload="metadata" src="${fileUrl}" width="${size.width}"
    height="${size.height}" aria-label="${fileName}"></video>`
}

function fileMarkup({ fileUrl, fileName, size, type }) {
  const ending = /\.([^.]{1,5})$/.exec(fileName)?.[1]?.toUpperCase() ?? ''
  const what = html`<span class="file-sign" aria-hidden="true">${ending || icon('file')}</span><span
    class="file-name"><strong>${fileName}</strong><small>${bytes(size)}${ending ? ''
      : ` · ${type}`}</small></span>`
  return html`<span class="file">
    ${beside.has(type) ? html`<a class="file-open" href="${fileUrl}" target="_blank"
      rel="noopener noreferrer">${what}</a>`
        : html`<a class="file-open" href="${fileUrl}?download=1" download="${fileName}">${what}</a>`}
    <a class="icon-button" href="${fileUrl}?download=1" download="${fileName}"
      aria-label="${t('chat.download', { name: fileName })}"
      title="${t('chat.downloadShort')}">${icon('download')}</a></span>`
}
