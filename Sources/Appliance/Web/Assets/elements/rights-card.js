import { get, post, remove } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { Loader } from '../lib/loader.js'
import { permissions } from '../lib/people.js'
import { toast } from '../lib/toast.js'
import { briefly, loadable, skeletons } from './loadable.js'

/**
 * A check box for each permission; `given` is the set of those granted, `changed` the method called on a
 * change.
 */
export const rightBoxes = (given, changed = null) => html`
  <div class="rights">${permissions.map(permission => html`
    <label class="check"><input type="checkbox" name="right" value="${permission}"
      ${changed && html`data-change="${changed}"`} ?checked=${given.has(permission)}>
      
        <span><strong>${t(`right.${permission}`)}</strong>
          <small>${t(`right.${permission}Text`)}</small></span></label>`)}</div>`

/** The permissions granted to a person (attribute `person`: the id); each change is saved at once. */
class RightsCard extends ViewElement {
  #given = new Loader(this, async signal => {
    const list = await get(`/api/permissions/${encodeURIComponent(this.#person)}`, { signal })
    return new Set(list.map(one => one.permission))
  })

  connected() { this.#given.load() }

  get #person() { return this.getAttribute('person') }

  view() {
    return html`
      <section class="card" aria-labelledby="rights-title">
        <h2 id="rights-title">${t('rights.title')}</h2>
        <p class="quiet">${t('rights.text')}</p>
        ${loadable(this.#given, given => rightBoxes(given, 'changed'), { waiting: skeletons('row'),
          failed: briefly })}
      </section>`
  }

  async changed(_, box) {
    try {
      if (box.checked) await post('/api/permissions', { userId: this.#person, permission: box.value })
      else await remove(`/api/permissions/${encodeURIComponent(this.#person)}/${box.value}`)
    } catch (error) {
      box.checked = !box.checked
      toast(error.message, 'error')
    }
    await this.#given.load({ keep: false })
  }
}

customElements.define('rights-card', RightsCard)
