import '../elements/form-field.js'
import '../elements/time-ago.js'
import { linked } from '../elements/box-letter.js'
import { alert } from '../elements/notices.js'
import { requestTags, statusTag } from '../elements/request-signs.js'
import { post } from '../lib/api.js'
import { FormElement } from '../lib/form.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { route } from '../lib/router.js'

/** Follows an anonymous request by its tracking code. The server does not store who asks. */
class TrackRequestPage extends FormElement {
  #code = ''
  #request = null

  view() {
    return html`
      <a class="back" href="/requests">${icon('back')}${t('requests.title')}</a>
      <header class="page-head"><div><h1>${t('requests.track')}</h1>
        <p class="lead">${t('requests.trackText')}</p></div></header>
      ${this.#request ? this.#shown(this.#request) : this.#question()}`
  }

  #question() {
    const { errors, refusal, sending } = this.state
    return html`
      <section class="card">${alert(refusal?.message)}
        <form class="form" novalidate data-key="code" data-submit="find">
          <form-field data-key="field" name="code" label="${t('requests.code')}"
            error="${errors.code}"></form-field>
          <div class="dialog-actions"><button class="button button-primary" ?disabled=${sending}>
            ${t('requests.follow')}</button></div></form></section>`
  }

  #shown({ title, description, comments, ...request }) {
    const { errors, refusal, sending } = this.state
    return html`
      <section class="card" aria-labelledby="tracked-title"><h2 id="tracked-title">${title}</h2>
        <p class="request-tags">
          ${statusTag(request.status)}${requestTags({ ...request, isAnonymous: true })}</p>
        <div class="letter-text">${linked(description)}</div></section>
      <section class="card" aria-labelledby="tracked-said"><h2 id="tracked-said">${t('requests.timeline')}
        </h2>
        <ol class="timeline">${[...comments].reverse().map(({ id, authorName, text, createdAt }) => html`
          <li class="request-comment" data-key="comment-${id}"><div><p
            class="request-comment-head"><strong>${authorName}</strong>
            <time-ago moment="${createdAt}"></time-ago></p><div
              class="letter-text">${linked(text)}</div></div></li>`)}
        </ol>
        ${alert(refusal?.message)}
        <form class="form" novalidate data-key="say" data-submit="say">
          <form-field data-key="text" name="text" type="area" label="${t('requests.comment')}"
            error="${errors.text}"></form-field>
          <div class="dialog-actions"><button class="button button-primary" ?disabled=${sending}>
            ${icon('send')}${t('requests.say')}</button></div></form></section>`
  }

  find(event, form) {
    return this.attempt(event, form, ['code'], async ({ code }) => {
      this.#request = await post('/api/complaints/track', { code })
      this.#code = code
    })
  }

  async say(event, form) {
    const done = await this.attempt(event, form, ['text'], async ({ text }) => {
      this.#request = await post('/api/complaints/track/comments', { code: this.#code, text })
    })
    if (done) form.reset()
  }
}

customElements.define('track-request-page', TrackRequestPage)
route('/requests/track', () => html`<track-request-page data-key="track"></track-request-page>`,
  { access: 'signedIn', title: 'requests.track' })
