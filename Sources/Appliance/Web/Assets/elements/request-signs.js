import './time-ago.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { categoryName, priorityName, statusName } from '../lib/requests.js'

export const statusTag = status => html`<span class="tag request-status"
  data-status="${status}">${statusName(status)}</span>`

/** The tags of a request: category, priority unless it is the default, anonymous, overdue. */
export const requestTags = ({ category, priority, isOverdue, isAnonymous, dueAt }) => html`
  <span class="tag tag-plain">${categoryName(category)}</span>
  ${priority !== 'medium' && html`<span class="tag request-priority"
    data-priority="${priority}">${priorityName(priority)}</span>`}
  ${isAnonymous && html`<span class="tag tag-quiet">${t('requests.anonymous')}</span>`}
  ${isOverdue && html`<span class="tag request-late" title="${t('requests.due')}">${icon('clock')}
    ${t('requests.late')} <time-ago moment="${dueAt}"></time-ago></span>`}`
