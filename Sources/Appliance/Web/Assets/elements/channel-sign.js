import { html } from '../lib/html.js'
import { icon } from '../lib/icons.js'
import { isHere } from '../lib/presence.js'
import { face } from './presence-list.js'

/** The icon of a channel: the other person's face, a lock, or a hash. */
export function channelSign(channel) {
  if (channel.type !== 'direct') return html`<span class="channel-sign">${icon(channel.type === 'private'
    ? 'lock' : 'hash')}</span>`
  return html`<span class="channel-sign channel-face">${face({ ...channel.with,
    id: channel.with?.id ?? channel.id })}<i class="dot" ?data-live=${isHere(channel.with?.id)}></i></span>`
}
