import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { place } from '../lib/router.js'
import { can, isAdmin } from '../lib/session.js'

/** Links between related pages: [[path, key of its name], …]. */
export const sectionTabs = (label, tabs) => html`
  <nav class="tabs" aria-label="${label}">${tabs.map(([path, key]) => html`
    <a href="${path}" ${place.get().path === path && html`aria-current="page"`}>${t(key)}</a>`)}</nav>`

export const accountTabs = () => sectionTabs(t('account.label'), [['/profile', 'profile.title'], ['/security', 'security.title']])

export const learnTabs = () => sectionTabs(t('nav.learn'), [
  ['/learn', 'learn.tab'], ['/courses', 'nav.courses'], ['/learn/trainings', 'nav.trainings'],
  ['/learn/certificates', 'cert.title'],
  ...can('manage_trainings') ? [['/learn/teach', 'teach.tab'], ['/learn/analytics', 'figures.tab']] : [],
])

export const peopleTabs = () =>
  sectionTabs(t('people.title'), [
    ...can('manage_users') ? [['/people', 'people.tab']] : [],
    ...can('manage_employee_categories') ? [['/categories', 'categories.title']] : [],
    ...isAdmin() ? [['/quotas', 'quotas.title'], ['/audit', 'audit.title'], ['/client-errors', 'clientErrors.title']] : [],
  ])
