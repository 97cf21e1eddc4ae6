import { dayAndTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { language, t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { hasStarted, placesOf, stepOf } from '../lib/trainings.js'

/** Day and month of a date on a small sheet; a clock without a date. */
function sheet(startDate) {
  if (!startDate) return html`<span class="training-day" aria-hidden="true">${icon('clock')}</span>`
  const part = options => new Intl.DateTimeFormat(language(), options).format(new Date(startDate))
  return html`<span class="training-day" aria-hidden="true"><strong>${part({ day: 'numeric' })}</strong>
    <small>${part({ month: 'short' })}</small></span>`
}

/** The tags of a training: mandatory, the user's part in it, closed or hidden. */
export const trainingMarks = row => html`
  ${row.isMandatory && html`<span class="tag">${t('training.mandatory')}</span>`}
  ${row.myStatus && row.myStatus !== 'cancelled' && html`<span class="tag ${row.myStatus === 'waiting' ? ''
    : 'tag-good'}">${t(`training.my.${row.myStatus}`)}</span>`}
  ${row.isActive === false && html`<span class="tag tag-quiet">${t('training.closed')}</span>`}
  ${row.isVisible === false && html`<span class="tag tag-quiet">${t('training.hidden')}</span>`}`

export const trainingTime = ({ startDate }) => startDate ? dayAndTime(startDate) : t('training.noDate')

/** The button for what the user can do next; it calls `step()` of its element. */
export const stepButton = (row, busy, look = '') => {
  const step = stepOf(row)
  return step && html`<button type="button"
    class="button ${look} ${step === 'cancel' ? '' : 'button-primary'}"
    data-click="step" data-id="${row.id}" data-step="${step}" ?disabled=${busy} ?data-busy=${busy}
    aria-label="${t(`training.do.${step}Of`, { name: row.title })}">${t(`training.do.${step}`)}</button>`
}

/** A training in a list, linked to its page; `row.reason` says why it is recommended. */
export const trainingRow = (row, busy) => html`
  <li class="row training-row" data-key="training-${row.id}">
    ${sheet(row.startDate)}
    <div class="row-name"><h2><a href="/learn/trainings/${encodeURIComponent(row.id)}">${row.title}</a></h2>
      <p>${[trainingTime(row), row.location, row.instructorName !== '—' && row.instructorName]
        .filter(Boolean).join(' · ')}</p>
      ${row.reason && html`<p class="training-reason">${icon('info')}${row.reason.text}</p>`}</div>
    <p class="training-marks">${trainingMarks(row)}${!hasStarted(row) && placesOf(row)
      && html`<span class="quiet">${placesOf(row)}</span>`}</p>
    <div class="row-actions">${stepOf(row) !== 'cancel' && stepButton(row, busy, 'button-small')}
      ${icon('next')}</div>
  </li>`
