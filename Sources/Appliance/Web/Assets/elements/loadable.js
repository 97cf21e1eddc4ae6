import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { emptyState } from './empty-state.js'
import { alert } from './notices.js'

/** Placeholders while content is fetched; `kind` is "row", "card", "channel", "plan" or "title". */
export const skeletons = (kind, count = 1) => html`
  <div aria-busy="true">${Array.from({ length: count }, () => html`<span
    class="skeleton skeleton-${kind}"></span>`)}</div>`

/** An error with a button that calls `again()` of the element. */
export const failure = error => emptyState({
  icon: 'warning', title: t('error.load'), text: error.message,
  action: html`<button type="button" class="button" data-click="again">
    ${icon('reboot')}${t('action.retry')}</button>`,
})

/** An error on one line, for cards and panels. */
export const briefly = error => alert(error.message)

/**
 * Fetched content in its current state: `waiting` while there is no value, `failed(error)` when it could not
 * be fetched, `empty` for an empty list, else `content(value)`. The first argument is a `Loader`, a
 * `PagedList`, or the like.
 */
export function loadable({ value, error }, content, { waiting = skeletons('row', 3), failed = failure, empty } = {}) {
  if (value === null || value === undefined) return error ? failed(error) : waiting
  return empty !== undefined && !value.length ? empty : content(value)
}

/**
 * The button that fetches the next page of a `PagedList`, by `older()` of the element; nothing after the last
 * page.
 */
export const moreButton = ({ more, busy }, label = t('people.more')) => more && html`
  <div class="more"><button type="button" class="button" data-click="older" ?data-busy=${busy}>
    ${label}</button></div>`
