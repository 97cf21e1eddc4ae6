import { html } from '../lib/html.js'
import { icon } from '../lib/icons.js'

/** An error above a form, or in the place of content; nothing where there is no message. */
export const alert = message => message
  && html`<p class="alert" role="alert">${icon('warning')}<span>${message}</span></p>`

/** A sentence of success or explanation above a form; nothing where there is no message. */
export const notice = message => message && html`<p class="alert alert-calm" role="status">
  ${icon('info')}<span>${message}</span></p>`
