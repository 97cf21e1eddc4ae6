import { ApiError, remove } from './api.js'
import { createStore } from './store.js'
import { language, t } from './i18n.js'
import { bytes } from './format.js'
import { session } from './session.js'

/** The most files of a message. */
export const mostFiles = 10
const atOnce = 3
let counter = 0

/**
 * The files of the message being written, by channel: `{key, name, size, type, preview, state, progress,
 * error, answer}`. `state` is "waiting", "sending", "done" or "refused"; `progress` goes from 0 to 1;
 * `answer` is that of the upload: `{fileUrl, fileName, size, type, width, height}`.
 */
export const uploads = createStore({ byChannel: {} })
const bodies = new Map()

/** The files of the message being written in a channel. */
export const uploadsOf = channel => uploads.get().byChannel[channel] ?? []

/** The most bytes of a file, as configured; 10 MB until that is known. */
export const largestFile = () => (session.get().appliance?.uploadMB || 10) * 1024 ** 2

function change(channel, changed) {
  uploads.set(({ byChannel }) => ({ byChannel: { ...byChannel, [channel]: changed(byChannel[channel] ?? []) } }))
}

const patch = (channel, key, values) =>
  change(channel, list => list.map(one => one.key === key ? { ...one, ...values } : one))

/**
 * Starts to upload files; a file that cannot be uploaded gets an error. Returns how many exceed the limit.
 */
export function addFiles(channel, files) {
  const room = Math.max(0, mostFiles - uploadsOf(channel).length)
  const taken = [...files].slice(0, room)
  change(channel, list => [...list, ...taken.map(begun)])
  pump()
  return files.length - taken.length
}

function begun(file) {
  const key = String(counter += 1)
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(file.type)
  const error = file.size === 0 ? t('upload.empty')
    : file.size > largestFile() ? t('upload.tooLarge', { size: bytes(file.size), most: bytes(largestFile()) }) : null
  if (!error) bodies.set(key, { file, request: null })
  return {
    key, name: file.name || t('upload.pasted'), size: file.size, type: file.type, progress: 0, answer: null, error,
    preview: isPicture && !error ? URL.createObjectURL(file) : null, state: error ? 'refused' : 'waiting',
  }
}

/** Restores the uploaded files of a draft. */
export function restoreUploads(channel, answers) {
  if (uploadsOf(channel).length || !answers.length) return
  change(channel, () => answers.map(answer => ({
    key: String(counter += 1), name: answer.fileName, size: answer.size, type: answer.type, progress: 1, error: null, answer,
    preview: answer.width ? answer.fileUrl : null, state: 'done',
  })))
}

/** Removes a file, also during its upload, here and on the server. */
export function removeUpload(channel, key) {
  const one = uploadsOf(channel).find(one => one.key === key)
  change(channel, list => list.filter(one => one.key !== key))
  if (one) forget(one)
  if (one?.answer) remove(one.answer.fileUrl, undefined, { quiet: true }).catch(() => { /* the server removes unused files later */ })
  pump()
}

/** Uploads a file again. */
export function retryUpload(channel, key) {
  if (!bodies.has(key)) return
  patch(channel, key, { state: 'waiting', progress: 0, error: null })
  pump()
}

/** Removes the uploaded files of a channel and returns their answers, to be sent with a message. */
export function detachUploads(channel) {
  const done = uploadsOf(channel).filter(({ state }) => state === 'done')
  change(channel, list => list.filter(({ state }) => state !== 'done'))
  done.forEach(forget)
  return done.map(({ answer }) => answer)
}

/** Removes all files, after signing out. */
function dropUploads() {
  for (const list of Object.values(uploads.get().byChannel)) list.forEach(forget)
  uploads.set({ byChannel: {} })
}

function forget({ key, preview }) {
  bodies.get(key)?.request?.abort()
  bodies.delete(key)
  if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview)
}

function pump() {
  const all = Object.entries(uploads.get().byChannel).flatMap(([channel, list]) => list.map(one => ({ channel, ...one })))
  const free = atOnce - all.filter(({ state }) => state === 'sending').length
  for (const { channel, key } of all.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) start(channel, key)
}

async function start(channel, key) {
  patch(channel, key, { state: 'sending' })
  try {
    const answer = await sendFile(bodies.get(key), progress => patch(channel, key, { progress }))
    patch(channel, key, { state: 'done', progress: 1, answer })
  } catch (error) {
    patch(channel, key, { state: 'refused', error: error.message })
    if (error.status >= 400 && error.status < 500 && error.status !== 429) bodies.delete(key)
  }
  pump()
}

/** Whether a failed upload can be repeated: not if the file is too large or of a wrong type. */
export const mayRetry = ({ key, state }) => state === 'refused' && bodies.has(key)

/**
 * Uploads `body.file`, its name in a header, and returns the answer of the upload. By XMLHttpRequest, since fetch reports
 * no upload progress; `body.request` can abort it.
 */
export function sendFile(body, progressed, path = '/api/uploads') {
  return new Promise((resolve, reject) => {
    const request = body.request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('Accept-Language', language())
    request.setRequestHeader('Content-Type', body.file.type || 'application/octet-stream')
    request.setRequestHeader('X-File-Name', encodeURIComponent(body.file.name || t('upload.pasted')))
    request.upload.onprogress = ({ loaded, total }) => { if (total) progressed(Math.min(.99, loaded / total)) }
    request.onerror = () => reject(new ApiError(0, { code: 'NETWORK', message: t('upload.cut') }))
    request.onabort = () => reject(new ApiError(0, { code: 'ABORTED', message: t('upload.cut') }))
    request.onload = () => {
      const answer = read(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer) return resolve(answer)
      reject(new ApiError(request.status, { ...answer, message: answer?.message ?? t('error.unexpected', { status: request.status }) }))
    }
    request.send(body.file)
  })
}

function read(text) {
  try { return JSON.parse(text) } catch { return null }
}

session.subscribe(({ user }) => { if (!user && Object.keys(uploads.get().byChannel).length) dropUploads() })
