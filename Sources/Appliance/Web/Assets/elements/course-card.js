import { percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** The marks of a course: draft, mandatory, completed. */
export const courseMarks = ({ isPublished, isMandatory, enrollmentStatus }) => html`
  ${!isPublished && html`<span class="tag tag-plain">${t('course.draft')}</span>`}
  ${isMandatory && html`<span class="tag tag-warn">${t('course.mandatory')}</span>`}
  ${enrollmentStatus === 'completed' && html`<span class="tag tag-good">${icon('check')}
    ${t('course.completed')}</span>`}`

/** How far the reader is in a course; nothing before they enrol. */
export const courseProgress = ({ title, progress, enrollmentId }, words = percent(progress)) =>
  enrollmentId && html`<p class="course-progress"><progress max="100" value="${progress}"
    aria-label="${t('course.progress', { name: title })}"></progress><span>${words}</span></p>`

/** Category, level and number of lessons. */
export const courseFacts = ({ category, difficulty, lessonCount }) =>
  [t(`course.category.${category}`), t(`course.difficulty.${difficulty}`), t('course.lessonCount', { count: lessonCount })]

/** A course in a list. */
export const courseCard = row => html`
  <li class="card media-card course-card" data-key="course-${row.id}">
    <a class="media-picture" href="/courses/${row.id}" aria-hidden="true" tabindex="-1">${row.thumbnailUrl
      ? html`<img src="${row.thumbnailUrl}" alt="" loading="lazy">` : icon('learn')}</a>
    <h2><a href="/courses/${row.id}">${row.title}</a></h2>
    <p class="quiet">${courseFacts(row).join(' · ')}</p>
    <p class="course-marks">${courseMarks(row)}</p>
    ${courseProgress(row)}</li>`
