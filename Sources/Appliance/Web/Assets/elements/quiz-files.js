import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/** Import and export of the questions of a saved quiz; `isLossy`: its export as GIFT loses something. */
export const quizFiles = (path, { questionCount, isLossy }) => html`
  <button type="button" class="button" data-click="openImport">${icon('up')}${t('quiz.import')}</button>
  ${questionCount > 0 && html`<a class="button" href="${path}/export.gift" download
    ${isLossy && html`aria-describedby="export-hint"`}>${icon('download')}${t('quiz.exportGift')}</a>
    <a class="button" href="${path}/export.csv" download>${icon('download')}${t('quiz.exportCsv')}</a>
    ${isLossy && html`<span class="quiet" id="export-hint">${t('quiz.exportHint')}</span>`}`}`
