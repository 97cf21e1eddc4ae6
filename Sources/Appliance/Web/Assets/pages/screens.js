import { html } from '../lib/html.js'

/** The screen of a route's tag; `path` tells two machines, or two people, apart. */
export function screen(tag, path) {
  switch (tag) {
    case 'sign-in-page': return html`<sign-in-page data-key="sign-in"></sign-in-page>`
    case 'register-page': return html`<register-page data-key="register"></register-page>`
    case 'verify-email-page': return html`<verify-email-page data-key="verify"></verify-email-page>`
    case 'forgotten-password-page': return html`<forgotten-password-page data-key="forgotten"></forgotten-password-page>`
    case 'reset-password-page': return html`<reset-password-page data-key="reset"></reset-password-page>`
    case 'set-up-page': return html`<set-up-page data-key="set-up"></set-up-page>`
    case 'machines-page': return html`<machines-page data-key="machines"></machines-page>`
    case 'machine-page': return html`<machine-page data-key="${path}"></machine-page>`
    case 'mailbox-page': return html`<mailbox-page data-key="mailbox"></mailbox-page>`
    case 'chat-page': return html`<chat-page data-key="chat"></chat-page>`
    case 'host-page': return html`<host-page data-key="host"></host-page>`
    case 'notifications-page': return html`<notifications-page data-key="notifications"></notifications-page>`
    case 'profile-page': return html`<profile-page data-key="profile"></profile-page>`
    case 'security-page': return html`<security-page data-key="security"></security-page>`
    case 'people-page': return html`<people-page data-key="people"></people-page>`
    case 'person-page': return html`<person-page data-key="${path}"></person-page>`
    case 'categories-page': return html`<categories-page data-key="categories"></categories-page>`
    case 'client-errors-page': return html`<client-errors-page data-key="client-errors"></client-errors-page>`
    case 'quotas-page': return html`<quotas-page data-key="quotas"></quotas-page>`
    case 'audit-page': return html`<audit-page data-key="audit"></audit-page>`
  }
}
