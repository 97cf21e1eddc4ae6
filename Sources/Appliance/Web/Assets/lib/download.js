import { ApiError } from './api.js'
import { language, t } from './i18n.js'

/** Saves a file that the server makes; unlike a link, its refusal is an `ApiError`. */
export async function download(path, name) {
  const answer = await fetch(path, { credentials: 'same-origin', headers: { 'Accept-Language': language() } })
    .catch(() => { throw new ApiError(0, { code: 'NETWORK', message: t('error.network') }) })
  if (!answer.ok) {
    const value = await answer.json().catch(() => null)
    throw new ApiError(answer.status, { ...value, message: value?.message ?? t('error.unexpected', { status: answer.status }) })
  }
  const address = URL.createObjectURL(await answer.blob())
  const link = Object.assign(document.createElement('a'), {
    href: address, download: fileNameOf(answer.headers.get('Content-Disposition'), name),
  })
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** The name of a file in a `Content-Disposition`; `otherwise` when it has none. */
export function fileNameOf(disposition, otherwise) {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? []
  if (encoded) try { return decodeURIComponent(encoded) } catch { /* not encoded as it says */ }
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1] ?? otherwise
}
