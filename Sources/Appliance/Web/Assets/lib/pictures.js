import { get } from './api.js'
import { isInside, session } from './session.js'

/** The URLs of people's pictures by id. */
const known = new Map()

/** The URL of a person's picture; '' for none. Pictures on other servers are not shown. */
export function pictureOf({ id, avatar }) {
  if (avatar !== undefined) known.set(String(id), avatar ?? '')
  const address = known.get(String(id)) ?? ''
  return address.startsWith('/') ? address : ''
}

/** Adds the pictures to faces that were rendered before the pictures were known. */
function show() {
  for (const face of document.querySelectorAll('.face[data-face]:not(:has(img))')) {
    const address = pictureOf({ id: face.dataset.face })
    if (address) face.replaceChildren(Object.assign(new Image(), { src: address, alt: '', loading: 'lazy' }))
  }
}

let asked = false

async function ask() {
  if (isInside() === asked) return
  asked = isInside()
  if (!asked) return known.clear()
  try {
    for (const { id, avatar } of await get('/api/users/pictures', { quiet: true })) known.set(String(id), avatar)
    show()
  } catch { /* faces show initials */ }
}

/** Fetches the pictures when somebody has signed in. */
export function startPictures() {
  session.subscribe(ask)
  ask()
}
