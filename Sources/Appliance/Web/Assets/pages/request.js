import '../elements/people-picker.js'
import '../elements/request-comments.js'
import '../elements/time-ago.js'
import { linked } from '../elements/box-letter.js'
import { emptyState } from '../elements/empty-state.js'
import { fileClips } from '../elements/file-clips.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { requestTags, statusTag } from '../elements/request-signs.js'
import { get, patch, put, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { dayAndTime } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { categories, categoryName, priorities, priorityName, requestPath, statusName } from '../lib/requests.js'
import { go, place, route } from '../lib/router.js'
import { session, socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

/** One request: its description, status, assignee, comments and history. */
class RequestPage extends ViewElement {
  #id = place.get().parameters.id
  #request = new Loader(this, signal => get(requestPath(this.#id), { signal }))

  connected() {
    this.listen(socket, 'COMPLAINT_UPDATE', ({ detail }) => { if (String(detail?.id) === this.#id) this.again() })
    this.listen(socket, 'catch-up', () => this.again())
    this.listen(this, 'people-picked', ({ target }) => { if (target.value[0]) this.#assign(String(target.value[0].id)) })
    this.again()
  }

  again() { this.#request.load({ keep: false }) }

  view() {
    return loadable(this.#request, request => this.#page(request), {
      waiting: html`${skeletons('title')}${skeletons('card')}`,
      failed: ({ status, message }) => emptyState({
        icon: status === 404 ? 'request' : 'warning', isPage: true,
        title: status === 404 ? t('requests.notFound') : t('error.load'), text: status === 404 ? null : message,
        action: html`<a class="button" href="/requests">${icon('back')}${t('requests.title')}</a>`,
      }),
    })
  }

  #page(request) {
    const { title, description, files, may, isAnonymous } = request
    document.title = `${title} · OBox`
    return html`
      <a class="back" href="/requests">${icon('back')}${t('requests.title')}</a>
      <header class="page-head"><div><h1>${title}</h1>
        <p class="lead request-tags">${statusTag(request.status)}${requestTags(request)}</p></div></header>
      <div class="request-columns">
        <div class="column">
          <section class="card" aria-labelledby="request-what"><h2 id="request-what">
            ${t('requests.field.description')}</h2>
            <div class="letter-text">${linked(description)}</div>${fileClips(files)}</section>
          <request-comments data-key="comments" request="${this.#id}"
            ?internal=${may.includes('comment_internally')} ?anonymous=${isAnonymous}></request-comments>
        </div>
        <div class="column">${this.#state(request)}${this.#facts(request)}</div>
      </div>`
  }

  #state({ status, allowedStatuses, submitterId }) {
    const isMine = submitterId === String(session.get().user?.id)
    const words = { closed: isMine && status === 'resolved' ? 'requests.accept' : 'requests.close',
      in_progress: status === 'resolved' || status === 'closed' ? 'requests.reopen' : 'requests.start',
      resolved: 'requests.resolve', open: 'requests.putBack' }
    return html`
      <section class="card" aria-labelledby="request-state"><h2 id="request-state">
        ${t('requests.field.status')}</h2>
        <p>${statusTag(status)}</p>
        ${allowedStatuses.length > 0 && html`<div
          class="request-moves">${allowedStatuses.map((next, index) => html`
          <button class="button ${index === 0 && 'button-primary'}" data-click="move" data-status="${next}">
            ${t(words[next])}</button>`)}
              </div>`}
      </section>`
  }

  #facts(request) {
    const { may, submitterId, submitterName, assignedToId, assignedToName, dueAt, createdAt, resolvedAt } = request
    return html`
      <section class="card" aria-labelledby="request-facts"><h2 id="request-facts">${t('requests.facts')}</h2>
        <dl class="request-facts">
          <div><dt>${t('requests.submitter')}</dt><dd>${submitterId
            ? html`<button type="button" class="link"
              data-person-card="${submitterId}">${submitterName}</button>`
            : submitterName}</dd></div>
          <div><dt>${t('requests.submittedAt')}</dt><dd><time
            datetime="${createdAt}">${dayAndTime(createdAt)}</time></dd>
            </div>
          <div><dt>${t('requests.due')}</dt><dd><time
            datetime="${dueAt}">${dayAndTime(dueAt)}</time></dd></div>
          ${resolvedAt && html`<div><dt>${t('requests.resolvedAt')}</dt><dd><time
            datetime="${resolvedAt}">${dayAndTime(resolvedAt)}</time></dd></div>`}
          <div><dt>${t('requests.assignee')}</dt><dd>${assignedToName ?? t('requests.nobody')}</dd></div>
        </dl>
        ${may.includes('assign') && this.#assignment(assignedToId)}
        ${may.includes('edit') && html`<div class="request-choices">
          ${this.#choice(request, 'category', categories, categoryName)}
          ${this.#choice(request, 'priority', priorities, priorityName)}</div>`}
        ${may.includes('delete') && html`<button class="button button-wary" data-click="delete">
          ${icon('trash')}${t('do.delete')}</button>`}
      </section>`
  }

  #assignment(assignedToId) {
    const isMine = assignedToId === String(session.get().user?.id)
    return html`<people-picker data-key="picker-${assignedToId}" name="assignee" single
        label="${t('requests.assignTo')}"></people-picker>
      <div class="request-moves">${!isMine && html`<button class="button button-small" data-click="take">
        ${icon('user')}${t('requests.assignToMe')}</button>`}
        ${assignedToId && html`<button class="button button-small" data-click="release">
        ${icon('close')}${t('requests.unassign')}</button>`}</div>`
  }

  #choice(request, name, options, nameOf) {
    return html`<label class="field"><span>${t(`requests.field.${name}`)}</span>
      <select class="input" name="${name}" data-change="edit">${options.map(option => html`
        <option value="${option}"
          ?selected=${option === request[name]}>${nameOf(option)}</option>`)}</select></label>`
  }

  async #doing(work, said) {
    try {
      this.#request.set(await work())
      if (said) toast(said, 'success')
    } catch (error) {
      toast(error.message, 'error')
      this.again()
    }
  }

  move(_, { dataset: { status } }) {
    return this.#doing(() => put(requestPath(this.#id, '/status'), { status }),
      t('requests.movedTo', { status: statusName(status) }))
  }

  #assign(assignedToId) {
    return this.#doing(() => put(requestPath(this.#id, '/assign'), { assignedToId }),
      t(assignedToId ? 'requests.assigned' : 'requests.unassigned'))
  }

  take() { return this.#assign(String(session.get().user.id)) }
  release() { return this.#assign('') }
  edit(_, { name, value }) { return this.#doing(() => patch(requestPath(this.#id), { [name]: value }), t('requests.saved')) }

  async delete() {
    const { title } = this.#request.value
    const question = { title: t('requests.askDelete', { title }), text: t('requests.askDeleteText'), yes: t('do.delete') }
    if (!await confirm({ ...question, danger: true })) return
    try {
      await remove(requestPath(this.#id))
      toast(t('requests.deleted'), 'success')
      go('/requests', { replace: true })
    } catch (error) { toast(error.message, 'error') }
  }
}

customElements.define('request-page', RequestPage)
route('/requests/:id', ({ id }) => html`<request-page data-key="request-${id}"></request-page>`,
  { access: 'signedIn', title: 'requests.title' })
