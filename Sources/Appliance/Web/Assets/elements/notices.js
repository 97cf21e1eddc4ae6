import { html } from '../lib/html.js'
import { icon } from '../lib/icons.js'

/** An error above a form, or in place of content; nothing without a message. */
export const alert = message => message
  && html`<p class="alert" role="alert">${icon('warning')}<span>${message}</span></p>`

/** A sentence of success or explanation above a form; nothing without a message. */
export const notice = message => message && html`<p class="alert alert-calm" role="status">
  ${icon('info')}<span>${message}</span></p>`
