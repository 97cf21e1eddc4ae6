import './time-ago.js'
import { html } from '../lib/html.js'
import { face } from './presence-list.js'

/** Who wrote a message of a list, and when; the name opens their card where there still is a person behind it. */
export const foundHead = ({ id, name }, moment) => html`
  <span class="found-head">${face({ id, name })}<strong>${id
    ? html`<button type="button" class="name-button" data-person-card="${id}">${name}</button>`
    : name}</strong><time-ago moment="${moment}"></time-ago></span>`
