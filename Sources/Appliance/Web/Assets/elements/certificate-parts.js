import { paperOf } from '../lib/certificates.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

const looks = { valid: 'tag-good', expired: 'tag-quiet', revoked: 'tag-bad' }

/** Whether it is valid. */
export const certificateTag = status => html`<span class="tag ${looks[status]}">${t(`cert.${status}`)}</span>`

/** The link to the PDF on the page of a course or a training; nothing without a certificate, or for a revoked one. */
export const certificateButton = certificate => certificate && certificate.status !== 'revoked' && html`
  <a class="button" data-key="certificate" href="${paperOf(certificate)}" target="_blank" rel="noopener">
    ${icon('file')}${t('cert.certificate')}</a>`
