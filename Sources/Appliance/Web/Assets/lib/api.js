import { language, t } from './i18n.js'

/**
 * An error answer: `status` (0 when there was no answer), `code`, `message`, `errors` by field, `retryAfter`
 * in seconds, `details`.
 */
export class ApiError extends Error {
  constructor(status, { code, message, errors, retryAfter, ...details }) {
    super(message)
    Object.assign(this, { status, code, errors: errors ?? [], retryAfter: retryAfter ?? 0, details })
  }

  /** {field: message}, the first message of each field. */
  get byField() {
    const sentences = {}
    for (const { field, message } of this.errors) sentences[field] ??= message
    return sentences
  }
}

let refused = () => {}

/** Calls `listener(error)` when an answer is 401 or 403. */
export const onRefused = listener => { refused = listener }

async function send(method, path, body, signal, more) {
  const headers = { ...more, Accept: 'application/json', 'Accept-Language': language() }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  try {
    return await fetch(path, {
      method, headers, signal, credentials: 'same-origin',
      body: body === undefined ? undefined : JSON.stringify(body),
    })
  } catch (error) {
    if (error.name === 'AbortError') throw error
    throw new ApiError(0, { code: 'NETWORK', message: t('error.network') })
  }
}

/**
 * Sends JSON and resolves to the answer's JSON. `quiet`: 401 and 403 are not reported to `onRefused`;
 * `onHeaders(headers)` is called with the headers of a success. Throws `ApiError`, or `AbortError` through
 * `signal`.
 */
export async function api(method, path, body, { headers, signal, quiet = false, onHeaders } = {}) {
  const answer = await send(method, path, body, signal, headers)
  const text = await answer.text()
  let value = null
  try { value = text ? JSON.parse(text) : null } catch { /* no JSON: the error page of a proxy */ }
  if (answer.ok) onHeaders?.(answer.headers)
  if (answer.ok) return value
  const error = new ApiError(answer.status, {
    ...(value ?? {}),
    code: value?.code ?? `HTTP_${answer.status}`,
    message: value?.message ?? t('error.unexpected', { status: answer.status }),
    retryAfter: Number(answer.headers.get('Retry-After')) || 0,
  })
  if ((answer.status === 401 || answer.status === 403) && !quiet) refused(error)
  throw error
}

export const get = (path, options) => api('GET', path, undefined, options)
export const post = (path, body = {}, options) => api('POST', path, body, options)
export const patch = (path, body, options) => api('PATCH', path, body, options)
export const put = (path, body, options) => api('PUT', path, body, options)
export const remove = (path, body, options) => api('DELETE', path, body, options)
