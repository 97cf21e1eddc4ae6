import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { pictureOf } from '../lib/pictures.js'
import { initials, presence, toneOf } from '../lib/presence.js'
import { session } from '../lib/session.js'

const facesShown = 3

/** The picture of a person, or their initials on their color. */
export function face({ id, name, username, avatar }) {
  const picture = pictureOf({ id, avatar })
  const letters = initials(name || username || '?')
  return html`<span class="face" data-tone="${toneOf(id)}" data-face="${id}" data-initials="${letters}"
    aria-hidden="true">${picture ? html`<img src="${picture}" alt="" loading="lazy">` : letters}</span>`
}

/** The users online: some faces and the count; a click lists all. */
class PresenceList extends ViewElement {
  connected() {
    this.watch(presence)
    this.watch(session)
  }

  view() {
    const { count, users } = presence.get()
    if (!count) return html``
    const own = String(session.get().user?.id)
    const sorted = [...users].sort((a, b) => (a.name || a.username).localeCompare(b.name || b.username))
    return html`
      <button type="button" class="here" popovertarget="who-is-here"
        aria-label="${t('presence.count', { count })}" title="${t('presence.count', { count })}">
        <span class="faces">${sorted.slice(0, facesShown).map(face)}</span><strong>${count}</strong>
      </button>
      <section class="popover" id="who-is-here" popover aria-labelledby="who-title">
        <h2 id="who-title">${t('presence.count', { count })}</h2>
        <ul class="who">${sorted.map(user => html`
          <li data-key="here-${user.id}">
            <button type="button" class="name-button" data-person-card="${user.id}">
              ${face(user)}<span>${user.name || user.username}${String(user.id) === own
                && html` <small>${t('presence.you')}</small>`}</span></button></li>`)}</ul>
      </section>`
  }
}

customElements.define('presence-list', PresenceList)
