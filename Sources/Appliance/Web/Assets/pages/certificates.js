import '../elements/copy-field.js'
import { certificateTag } from '../elements/certificate-parts.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, moreButton, skeletons } from '../elements/loadable.js'
import { learnTabs } from '../elements/section-tabs.js'
import { certificateFacts, paperOf, verificationOf } from '../lib/certificates.js'
import { right } from '../lib/courses.js'
import { renewCourse } from '../lib/course-renewal.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { PagedList } from '../lib/paged.js'
import { go, route } from '../lib/router.js'
import { can, socket } from '../lib/session.js'

/** The user's certificates; everyone's for those who manage trainings. */
class CertificatesPage extends ViewElement {
  #mine = new PagedList('/api/my-certificates', { changed: () => this.update() })
  #all = new PagedList('/api/certificates', { changed: () => this.update() })
  #showsAll = false

  connected() {
    this.listen(socket, 'TRAINING_UPDATE', () => this.again())
    this.listen(socket, 'catch-up', () => this.again())
    this.again()
  }

  get #list() { return this.#showsAll ? this.#all : this.#mine }

  view() {
    return html`
      <header class="page-head"><div><h1>${t('cert.title')}</h1><p class="lead">${t('cert.lead')}</p></div>
        <div class="head-actions"><a class="button" href="/certificates">${icon('shield')}
          ${t('cert.verify')}</a></div></header>
      ${learnTabs()}${can(right) && this.#switch()}
      ${loadable(this.#list, rows => html`<ul class="certificates" aria-label="${t('cert.title')}">
        ${rows.map(row => this.#row(row))}</ul>${moreButton(this.#list)}`, {
        waiting: skeletons('card', 2), empty: this.#empty(),
      })}`
  }

  #switch() {
    return html`<fieldset class="switch"><legend class="visually-hidden">${t('cert.show')}</legend>
      <div class="switch-choices">${[false, true].map(all => html`
        <button type="button" data-click="choose" data-all="${all}"
          aria-pressed="${this.#showsAll === all}">${t(all ? 'cert.all' : 'cert.mine')}</button>`)}</div>
      </fieldset>`
  }

  #row(row) {
    return html`<li class="card certificate" data-key="certificate-${row.id}">
      <div class="certificate-head"><p class="course-marks">
          <span class="tag tag-plain">${t(`cert.${row.kind}`)}</span>${certificateTag(row.status)}</p>
        <h2>${row.title}</h2>${this.#showsAll && html`<p>${row.name}</p>`}
        <p class="quiet">${certificateFacts(row).join(' · ')}</p></div>
      ${row.status !== 'revoked' && html`<copy-field label="${t('cert.link')}" value="${row.code}"
        copies="${location.origin}${verificationOf(row)}"></copy-field>`}
      <div class="certificate-actions">${this.#actions(row)}</div></li>`
  }

  #actions(row) {
    const name = row.title
    if (this.#showsAll) return html`<a class="button" href="${verificationOf(row)}">${icon('shield')}
      ${t('cert.check')}</a>`
    return html`
      ${row.status !== 'revoked' && html`<a class="button" href="${paperOf(row)}&download=1" download
        aria-label="${t('cert.downloadOf', { name })}">${icon('download')}${t('cert.download')}</a>
      <a class="button" href="${paperOf(row, { other: true })}&download=1" download
        aria-label="${t('cert.inEnglishOf', { name })}">${t('cert.inEnglish')}</a>`}
      ${row.mayRenew && this.#renewal(row)}`
  }

  #renewal({ kind, trainingId, courseId, status, title: name }) {
    const label = t('cert.renewOf', { name })
    return kind === 'training' ? html`<a class="button button-primary" aria-label="${label}"
        href="/learn/trainings/${trainingId}">${icon('reboot')}${t('cert.renew')}</a>`
      : html`<button type="button" class="button button-primary" aria-label="${label}" data-click="renew"
        data-course="${courseId}" data-status="${status}">${icon('reboot')}${t('cert.renew')}</button>`
  }

  #empty() {
    if (this.#showsAll) return emptyState({ icon: 'learn', title: t('cert.noneAll'), text: '' })
    return emptyState({
      icon: 'learn', title: t('cert.none'), text: t('cert.noneText'),
      action: html`<a class="button button-primary" href="/courses">${t('cert.seeCourses')}</a>`,
    })
  }

  again() { this.#list.refresh() }
  older() { this.#list.older() }

  choose(_, { dataset: { all } }) {
    this.#showsAll = all === 'true'
    this.update()
    this.again()
  }

  async renew(_, { dataset: { course, status } }) {
    if (await renewCourse(course, status)) go(`/courses/${course}`)
  }
}

customElements.define('certificates-page', CertificatesPage)
route('/learn/certificates', () => html`<certificates-page data-key="certificates"></certificates-page>`,
  { access: 'signedIn', title: 'cert.title' })
