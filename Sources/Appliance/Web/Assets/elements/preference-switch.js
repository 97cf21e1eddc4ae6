import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { preferences, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { choose } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const choices = { language: ['fr', 'en'], theme: ['auto', 'light', 'dark'] }

/** A switch for language or theme (attribute `of`); with `compact` themes are shown as icons only. */
class PreferenceSwitch extends ViewElement {
  static observedAttributes = ['of', 'compact']

  view() {
    const of = this.getAttribute('of')
    const compact = this.hasAttribute('compact')
    const current = preferences.get()[of]
    return html`
      <fieldset class="switch" data-of="${of}">
        <legend class="${compact ? 'visually-hidden' : ''}">${t(`preference.${of}`)}</legend>
        <div class="switch-choices">${choices[of].map(choice => html`
          <button type="button" data-click="pick" data-choice="${choice}"
            aria-pressed="${choice === current ? 'true' : 'false'}"
            ${of === 'language' && html`lang="${choice}"`} title="${t(`preference.${choice}`)}">
            ${of === 'theme' && icon(choice)}
            <span class="${compact && of === 'theme' ? 'visually-hidden'
              : ''}">${t(`preference.${choice}`)}</span>
          </button>`)}
        </div>
      </fieldset>`
  }

  async pick(_, button) {
    try {
      await choose({ [this.getAttribute('of')]: button.dataset.choice })
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('preference-switch', PreferenceSwitch)
