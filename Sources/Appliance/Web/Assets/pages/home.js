import '../elements/status-badge.js'
import '../elements/time-ago.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { face } from '../elements/presence-list.js'
import { get } from '../lib/api.js'
import { plainText } from '../lib/chat/markdown.js'
import { unreadTotal, chat } from '../lib/chat/store.js'
import { ViewElement } from '../lib/element.js'
import { dayAndTime, percent, today } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { nameOf } from '../lib/people.js'
import { presence } from '../lib/presence.js'
import { route } from '../lib/router.js'
import { isAdmin, session, socket } from '../lib/session.js'
import { firstSteps } from '../elements/first-steps.js'

/** Frames after which the content of the page may have changed. */
const frames = [
  'NOTIFICATION', 'NEW_ANNOUNCEMENT', 'NEW_MESSAGE', 'COMPLAINT_UPDATE', 'EVENTS_CHANGED', 'TRAINING_UPDATE', 'DOCUMENTS_CHANGED',
  'FORUM_UPDATE',
  'VM_STATUS', 'catch-up',
]
const calm = 400

/** What needs the user's attention, by one request, which is repeated after such frames. */
class HomePage extends ViewElement {
  #home = new Loader(this, signal => get('/api/home', { signal }))
  #rest = null

  connected() {
    this.watch(presence)
    this.watch(chat)
    this.watch(session)
    for (const frame of frames) this.listen(socket, frame, () => this.#soon())
    this.again()
  }

  again() { this.#home.load() }

  #soon() {
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => { if (this.isConnected) this.again() }, calm)
  }

  view() {
    const { user } = session.get()
    if (!user) return html``
    return html`
      <header class="page-head"><div><h1>${t('home.hello', { name: nameOf(user).split(' ')[0] })}</h1>
        <p class="lead">${today()}</p></div></header>
      ${isAdmin() && firstSteps()}
      ${loadable(this.#home, home => this.#parts(home), { waiting: skeletons('card', 3) })}`
  }

  #parts(home) {
    return html`<div class="home">
      <div class="home-main">${this.#attention(home)}${this.#waiting(home)}${this.#announcements(home)}</div>
      <div class="home-side">${this.#courses(home)}${this.#events(home)}${this.#trainings(home)}
        ${this.#machines(home)}${this.#here()}${this.#links(home)}
      </div></div>`
  }

  /** What needs an administrator. */
  #attention({ attention }) {
    if (!attention) return null
    const items = [
      ['pendingAccounts', '/people?status=pending', 'user'], ['failedJobs', '/host', 'warning'],
      ['failedMail', '/mailbox', 'mail'], ['clientErrors', '/client-errors', 'warning'],
    ].filter(([name]) => attention[name] > 0)
    const problems = session.get().host?.problems ?? []
    if (!items.length && !problems.length) return null
    return html`<section class="card home-attention" aria-labelledby="home-attention">
      <h2 id="home-attention">${icon('warning')}${t('home.attention')}</h2>
      <ul class="home-list">
        ${problems.map(({ message }) => html`<li><a href="/host">${icon('host')}
          <span>${message}</span></a></li>`)}
        ${items.map(([name, path, sign]) => html`<li><a href="${path}">${icon(sign)}
          <span>${t(`home.${name}`, { count: attention[name] })}</span></a></li>`)}</ul></section>`
  }

  #waiting({ toConfirm = [], messages, requests, dueCourses, trainings, forum, notifications }) {
    const { messages: unread, calls } = unreadTotal()
    const items = [
      ...toConfirm.map(({ title, link }) => [link, 'check', t('home.confirm', { title })]),
      ...messages?.unread ? [['/messages', 'inbox', t('home.unreadMessages', { count: messages.unread })]] : [],
      ...(requests?.assigned ?? []).map(({ id, title }) =>
        [`/requests/${id}`, 'request', t('home.assigned', { title })]),
      ...(dueCourses ?? []).map(({ id, title, isLate }) =>
        [`/courses/${id}`, 'learn', t(isLate ? 'home.courseLate' : 'home.courseDue', { title })]),
      ...(trainings?.due ?? []).map(dueTraining),
      ...forum?.waiting ? [['/forum/moderation', 'shield', t('home.forumWaiting', { count: forum.waiting })]] : [],
      ...(forum?.unread ?? []).map(({ id, title }) =>
        [`/forum/topics/${id}`, 'forum', t('home.forumUnread', { title })]),
      ...unread || calls ? [['/chat', 'chat', t('home.unreadChat', { count: Math.max(unread, calls) })]] : [],
      ...notifications?.unread ? [['/notifications', 'bell', t('home.notifications',
        { count: notifications.unread })]] : [],
    ]
    return html`<section class="card" aria-labelledby="home-waiting">
      <h2 id="home-waiting">${icon('check')}${t('home.waiting')}</h2>
      ${items.length ? html`<ul class="home-list">${items.map(([path, sign, words]) => html`<li>
        <a href="${path}">${icon(sign)}<span>${words}</span></a></li>`)}</ul>`
        : html`<p class="quiet">${t('home.nothingWaits')}</p>`}</section>`
  }

  #announcements({ announcements }) {
    if (!announcements) return null
    return html`<section class="card" aria-labelledby="home-news">
      <h2 id="home-news">${icon('announce')}<a href="/announcements">${t('nav.announcements')}</a></h2>
      ${announcements.length ? html`<ul class="home-news">${newestFirst(announcements).map(one => html`
        <li data-key="news-${one.id}"><a href="/announcements/${one.id}"><strong>${one.isImportant
          && html`<span class="tag tag-warn">${t('home.important')}</span> `}${one.title}</strong>
        <small>${one.authorName} · <time-ago moment="${one.publishedAt}"></time-ago></small>
        <span class="home-excerpt">${plainText(one.excerpt)}</span></a></li>`)}</ul>`
        : html`<p class="quiet">${t('home.noAnnouncements')}</p>`}</section>`
  }

  #courses({ courses }) {
    if (!courses?.length) return null
    return html`<section class="card" aria-labelledby="home-courses">
      <h2 id="home-courses">${icon('learn')}<a href="/courses">${t('course.home')}</a></h2>
      <ul class="home-list">${courses.map(one => html`<li data-key="course-${one.courseId}">
        <a href="${one.lessonId ? `/lessons/${one.lessonId}` : `/courses/${one.courseId}`}"><span>
          <strong>${one.title}</strong><small>${[percent(one.progress), one.lessonTitle].filter(Boolean)
            .join(' · ')}</small></span></a></li>`)}
      </ul></section>`
  }

  #events({ events }) {
    if (!events) return null
    return html`<section class="card" aria-labelledby="home-events">
      <h2 id="home-events">${icon('calendar')}<a href="/calendar">${t('home.next')}</a></h2>
      ${events.length ? html`<ul class="home-list">${events.map(one => this.#event(one))}</ul>`
        : html`<p class="quiet">${t('home.noEvents')}</p>`}</section>`
  }

  #event({ id, title, start, allDay, location }) {
    const at = [dayAndTime(start, allDay), location].filter(Boolean).join(' · ')
    return html`<li data-key="event-${id}-${start}"><a href="/calendar?event=${id}">
      <span><strong>${title}</strong><small>${at}</small></span></a></li>`
  }

  #trainings({ trainings }) {
    if (!trainings?.next.length) return null
    return html`<section class="card" aria-labelledby="home-trainings">
      <h2 id="home-trainings">${icon('learn')}<a
        href="/learn/trainings?show=mine">${t('home.trainings')}</a></h2>
      <ul class="home-list">${trainings.next.map(one => this.#training(one))}</ul></section>`
  }

  #training({ id, title, startDate, location, isWaiting }) {
    const at = [startDate ? dayAndTime(startDate) : t('training.noDate'), location, isWaiting && t('training.my.waiting')]
    return html`<li data-key="training-${id}"><a href="/learn/trainings/${id}">
      <span><strong>${title}</strong><small>${at.filter(Boolean).join(' · ')}</small></span></a></li>`
  }

  #machines({ machines }) {
    const mayCreate = session.get().host?.quota?.canCreate
    return html`<section class="card" aria-labelledby="home-machines">
      <h2 id="home-machines">${icon('machines')}<a href="/machines">${t('home.machines')}</a></h2>
      ${machines.length ? html`<ul class="home-list">${machines.map(({ id, name, status }) => html`
        <li data-key="vm-${id}"><a href="/machines/${id}"><span>${name}</span>
          <status-badge status="${status}"></status-badge></a></li>`)}</ul>`
        : html`<p class="quiet">${t('home.noMachines')}</p>`}
      ${!machines.length && mayCreate && html`<a class="button" href="/machines?new=1">${icon('plus')}
        ${t('machines.new')}</a>`}</section>`
  }

  #here() {
    const others = presence.get().users.filter(({ id }) => String(id) !== String(session.get().user.id))
    return html`<section class="card" aria-labelledby="home-here">
      <h2 id="home-here">${icon('people')}<a href="/directory">${t('home.here')}</a></h2>
      ${others.length ? html`<ul class="home-faces">${others.slice(0, 12).map(person => html`
        <li><button type="button" class="home-face" data-person-card="${person.id}">${face(person)}
          <span>${nameOf(person)}</span></button></li>`)}</ul>`
        : html`<p class="quiet">${t('home.alone')}</p>`}</section>`
  }

  #links({ links }) {
    if (!links) return null
    return html`<section class="card" aria-labelledby="home-links">
      <h2 id="home-links">${icon('link')}<a href="/links">${t('home.links')}</a></h2>
      ${links.length ? html`<ul class="home-list">${links.map(({ id, title, url }) => html`
        <li data-key="link-${id}"><a href="${url}" target="_blank"
          rel="noopener noreferrer"><span>${title}</span></a></li>`)}</ul>`
        : html`<p class="quiet">${t('links.noOwn')}</p><a class="button" href="/links">${icon('plus')}
          ${t('links.add')}</a>`}</section>`
  }
}

/** A mandatory training to complete or to renew: path, icon and words. */
const dueTraining = ({ id, title, isLate, validUntil }) =>
  [`/learn/trainings/${id}`, 'learn', t(`home.training${validUntil ? 'Renew' : isLate ? 'Late' : 'Due'}`, { title })]

const newestFirst = rows => [...rows].sort((one, other) => Date.parse(other.publishedAt) - Date.parse(one.publishedAt))

customElements.define('home-page', HomePage)
route('/', () => html`<home-page data-key="home"></home-page>`, { access: 'signedIn', title: 'nav.home' })
