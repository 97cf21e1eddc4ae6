import { bytes, exact } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'

/**
 * An e-mail of the server: sent, or only stored if no mail server is configured. `back` is the path of its
 * list.
 */
export const boxLetter = (mail, back) => {
  const { id, to, subject, createdAt, status, error, attempts, text, attachments } = mail
  return html`
  <article class="letter" aria-labelledby="letter-subject">
    <a class="back" href="${back}">${icon('back')}${t('mailbox.title')}</a>
    <h2 id="letter-subject">${subject}</h2>
    <p class="letter-head">${t('mailbox.to')} <strong>${to}</strong> · <time
      datetime="${createdAt}">${exact(createdAt)}</time> · <em
      data-mail="${status}">${t(`mail.${status}`)}</em></p>
    ${status === 'failed' && error
      && html`<p class="alert">
        ${icon('warning')}${error} (${t('mail.attempts', { count: attempts })})</p>`}
    <div class="letter-text">${linked(text ?? '')}</div>
    ${attachments?.length > 0 && html`<h3>${t('mailbox.attachments')}</h3><ul class="clips">
      ${attachments.map(one => clip(id, one))}</ul>`}
  </article>`
}

function clip(id, { index, name, size, withheld }) {
  const what = html`${icon('clip')}<span>${name}</span><small>${withheld ? t('mailbox.withheld')
    : bytes(size)}</small>`
  if (withheld) return html`<li class="clip">${what}</li>`
  return html`<li><a class="clip" href="/api/mailbox/${encodeURIComponent(id)}/attachments/${index}"
    download="${name}">${what}</a></li>`
}

/** The rows of a list of such e-mails; `path` is that of the list, `current` the id of the open one. */
export const boxLetters = (mails, path, current) => html`
  <ul class="mails" aria-label="${t('mailbox.list')}">${mails.map(mail => html`
    <li data-key="mail-${mail.id}">
      <a class="mail" href="${path}/${encodeURIComponent(mail.id)}"
        ${String(mail.id) === current && html`aria-current="true"`}>
      <strong>${mail.subject}</strong><span>${mail.to}</span>
      <small><time-ago moment="${mail.createdAt}"></time-ago><em
        data-mail="${mail.status}">${t(`mail.${mail.status}`)}</em></small>
    </a></li>`)}</ul>`

/** Plain text with its http(s) URLs as links; the router handles those of this site. */
export function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"']+)/).map((part, index) => {
    if (index % 2 === 0) return part
    const [, address, rest] = /^(.*?)([.,;:!?)]*)$/.exec(part)
    return html`<a href="${address}">${address}</a>${rest}`
  })
}
