import './time-ago.js'
import { html } from '../lib/html.js'
import { face } from './presence-list.js'

/**
 * The author and the time of a message in a list; the name opens the person's card if the account still
 * exists.
 */
export const foundHead = ({ id, name }, moment) => html`
  <span class="found-head">${face({ id, name })}<strong>${id
    ? html`<button type="button" class="name-button" data-person-card="${id}">${name}</button>`
    : name}</strong><time-ago moment="${moment}"></time-ago></span>`
