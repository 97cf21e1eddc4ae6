import { get } from './api.js'
import { isInside, session } from './session.js'

/** The URLs of people's pictures by id. */
const known = new Map()
/** Those that could not be loaded. */
const broken = new Set()

/** The URL of a person's picture; '' for none. Pictures on other servers are not shown. */
export function pictureOf({ id, avatar }) {
  if (avatar !== undefined) known.set(String(id), avatar ?? '')
  const address = known.get(String(id)) ?? ''
  return address.startsWith('/') && !broken.has(address) ? address : ''
}

/** Adds the pictures to faces that were rendered before the pictures were known. */
function show() {
  for (const face of document.querySelectorAll('.face[data-face]:not(:has(img))')) {
    const address = pictureOf({ id: face.dataset.face })
    if (address) face.replaceChildren(Object.assign(new Image(), { src: address, alt: '', loading: 'lazy' }))
  }
}

/** Replaces a picture that cannot be loaded by the initials. */
function giveUp({ target }) {
  const face = target.localName === 'img' && target.parentElement?.closest('.face')
  if (!face) return
  broken.add(target.getAttribute('src'))
  face.replaceChildren(face.dataset.initials)
}

let asked = false

async function ask() {
  if (isInside() === asked) return
  asked = isInside()
  broken.clear()
  if (!asked) return known.clear()
  try {
    for (const { id, avatar } of await get('/api/users/pictures', { quiet: true })) known.set(String(id), avatar)
    show()
  } catch { /* faces show initials */ }
}

/** Fetches the pictures when somebody has signed in. */
export function startPictures() {
  session.subscribe(ask)
  document.addEventListener('error', giveUp, { capture: true })
  ask()
}
