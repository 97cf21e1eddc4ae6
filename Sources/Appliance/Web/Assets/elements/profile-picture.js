import { put } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { applyUser, session } from '../lib/session.js'
import { toast } from '../lib/toast.js'
import { sendFile } from '../lib/uploads.js'
import { face } from './presence-list.js'

const side = 256

/** A square from the middle of a picture, small enough for lists. Throws if the file is not a picture. */
async function square(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const length = Math.min(picture.width, picture.height)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff' // JPEG has no transparency
  context.fillRect(0, 0, side, side)
  context.drawImage(picture, (picture.width - length) / 2, (picture.height - length) / 2,
    length, length, 0, 0, side, side)
  picture.close()
  const blob = await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', .88))
  return new File([blob], 'photo.jpg', { type: blob.type })
}

/** The user's own picture, with buttons to change it. */
class ProfilePicture extends FormElement {
  state = { sending: false }

  connected() { this.watch(session) }

  view() {
    const { user } = session.get()
    if (!user) return html``
    const { sending } = this.state
    return html`<div class="profile-picture">${face(user)}<div class="profile-picture-actions">
      <label class="button" ?data-busy=${sending}>${icon('clip')}
        ${t(user.avatar ? 'picture.replace' : 'picture.add')}<input class="visually-hidden" type="file"
          accept="image/png, image/jpeg, image/webp, image/gif" data-change="chosen"
          ?disabled=${sending}></label>
      ${user.avatar && html`<button type="button" class="button" data-click="clear"
        ?disabled=${sending}>${t('picture.remove')}</button>`}</div></div>`
  }

  async chosen(_, input) {
    const [file] = input.files
    input.value = ''
    if (!file) return
    let picture
    try { picture = await square(file) } catch { return toast(t('picture.unreadable'), 'error') }
    await this.#save(async () => (await sendFile({ file: picture }, () => {})).fileUrl, 'picture.saved')
  }

  clear() { return this.#save(async () => '', 'picture.removed') }

  async #save(address, done) {
    this.change({ sending: true })
    try {
      applyUser(await put('/api/profile', { avatar: await address() }))
      toast(t(done), 'success')
    } catch (error) {
      toast(error.message, 'error')
    }
    this.change({ sending: false })
  }
}

customElements.define('profile-picture', ProfilePicture)
