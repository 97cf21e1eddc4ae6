import '../elements/copy-field.js'
import '../elements/time-ago.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { alert } from '../elements/notices.js'
import { get, post, remove } from '../lib/api.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { bytes, dateAndTime, percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { Loader } from '../lib/loader.js'
import { route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const path = '/api/admin/backups'
const askEvery = 1500
const newPassphrase = 'head -c 24 /dev/urandom | base64'
  + ' | sudo install -o obox -m 600 /dev/stdin /etc/obox/backup.passphrase'

/** The backups, the last and the running ones, for administrators. */
class BackupsPage extends ViewElement {
  #state = new Loader(this, signal => this.#fetch(signal))
  #isWorking = false

  connected() {
    this.listen(socket, 'catch-up', () => this.again())
    // A running job is followed closely; else a look now and then shows what was made by itself.
    let turn = 0
    this.every(askEvery, () => {
      turn += 1
      if (document.visibilityState === 'visible' && (this.#state.value?.job || turn % 20 === 0)) this.again()
    })
    this.again()
  }

  again() { this.#state.load() }

  async #fetch(signal) {
    const before = this.#state.value?.job
    const now = await get(path, { signal })
    if (before && before.id !== now.job?.id) this.#tell(before, now)
    return now
  }

  /** Says how the job ended that was followed. */
  #tell({ kind }, { lastBackup, lastVerification }) {
    const what = kind === 'backup.verify' ? 'verify' : 'create'
    const { error } = (what === 'verify' ? lastVerification : lastBackup) ?? {}
    if (error) toast(`${t('backups.stopped')}. ${error.message}`, 'error')
    else toast(t(`backups.done.${what}`), 'success')
  }

  view() {
    const { folder, job } = this.#state.value ?? {}
    return html`
      <header class="page-head"><div><h1>${t('backups.title')}</h1>
        <p class="lead">${t('backups.lead')}</p></div>
        ${folder && html`<button class="button button-primary" data-key="now" data-click="backUp"
          ?disabled=${Boolean(job)} ?data-busy=${this.#isWorking}>
          ${icon('archive')}${t('backups.now')}</button>`}</header>
      ${loadable(this.#state, state => state.folder ? this.#all(state) : off(),
        { waiting: skeletons('card', 2) })}`
  }

  #all(state) {
    return html`
      ${state.problem && alert(state.problem.message)}
      ${condition(state)}
      ${state.job && this.#progress(state.job)}
      ${state.backups.length ? this.#table(state) : !state.problem && !state.job && emptyState({
        icon: 'archive', title: t('backups.none'), text: t('backups.noneText') })}`
  }

  #progress({ kind, step, progress, status }) {
    const what = kind === 'backup.verify' ? 'verify' : 'create'
    const phase = step && status === 'running' ? t(`backups.phase.${step}`) : t('backups.waiting')
    return html`
      <section class="card backup-job" data-key="job" aria-labelledby="backup-job">
        <div><h2 id="backup-job">${t(`backups.running.${what}`)}</h2>
          <p class="quiet" aria-live="polite">${phase}</p></div>
        <span>${percent(progress)}</span>
        <button type="button" class="button" data-click="stop">${t('action.cancel')}</button>
        <svg class="gauge-bar" aria-hidden="true">
          <rect class="gauge-track" width="100%" height="100%" rx="2"/>
          <rect class="gauge-fill" width="${progress}%" height="100%" rx="2"/></svg>
      </section>`
  }

  #table({ backups, job }) {
    return html`
      <section class="card" aria-labelledby="backup-list"><h2 id="backup-list">${t('backups.list')}</h2>
        <table class="table backups"><thead><tr>
          ${['date', 'size', 'version', 'verified', 'actions'].map(column => html`<th scope="col">
            ${t(`backups.${column}`)}</th>`)}</tr></thead>
        <tbody>${backups.map(backup => this.#line(backup, Boolean(job)))}</tbody></table></section>`
  }

  #line({ name, createdAt, bytes: size, version, verifiedAt, error }, isBusy) {
    const date = dateAndTime(createdAt)
    return html`
      <tr data-key="backup-${name}">
        <th scope="row">${date}</th>
        <td data-label="${t('backups.size')}">${bytes(size)}</td>
        <td data-label="${t('backups.version')}">${version || '–'}</td>
        <td data-label="${t('backups.verified')}">${verdict(verifiedAt, error)}</td>
        <td data-label="${t('backups.actions')}"><div class="backup-actions">
          <button type="button" class="button" data-click="verify" data-name="${name}" ?disabled=${isBusy}
            aria-label="${t('backups.verifyOne', { date })}">${t('backups.verify')}</button>
          <button type="button" class="button" data-click="erase" data-name="${name}" data-date="${date}"
            ?disabled=${isBusy} aria-label="${t('backups.deleteOne', { date })}">
            ${t('backups.delete')}</button></div></td>
      </tr>`
  }

  backUp() { return this.#do(() => post(path)) }
  stop() { return this.#do(() => remove(`${path}/running`)) }
  verify(event, { dataset: { name } }) { return this.#do(() => post(`${path}/${encodeURIComponent(name)}/verify`)) }

  async erase(event, { dataset: { name, date } }) {
    const isSure = await confirm({
      title: t('backups.deleteAsk'), text: t('backups.deleteText', { date }), yes: t('backups.delete'), danger: true,
    })
    if (!isSure) return
    await this.#do(async () => {
      await remove(`${path}/${encodeURIComponent(name)}`)
      toast(t('backups.deleted'), 'success')
    })
  }

  async #do(work) {
    if (this.#isWorking) return
    this.#isWorking = true
    this.update()
    try { await work() } catch (error) { toast(error.message, 'error') }
    this.#isWorking = false
    this.update()
    this.again()
  }
}

/** What to do where no folder is configured. */
const off = () => html`
  ${emptyState({ icon: 'archive', title: t('backups.off'), text: t('backups.offText') })}
  <ol class="card backup-steps">
    <li><p>${t('backups.step.passphrase')}</p><copy-field label="${t('backups.command')}"
      value="${newPassphrase}"></copy-field></li>
    <li><p>${t('backups.step.settings')}</p><copy-field label="${t('backups.folder')}"
      value="BACKUP_FOLDER=/var/backups/obox"></copy-field><copy-field label="${t('backups.passphrase')}"
      value="BACKUP_PASSPHRASE_FILE=/etc/obox/backup.passphrase"></copy-field></li>
    <li><p>${t('backups.step.reload')}</p><copy-field label="${t('backups.command')}"
      value="sudo systemctl reload obox"></copy-field></li>
  </ol>`

const condition = ({ folder, schedule, lastBackup, lastVerification }) => html`
  <dl class="condition">
    ${run(t('backups.last'), lastBackup)}
    ${run(t('backups.lastVerified'), lastVerification)}
    <div><dt>${t('backups.schedule')}</dt><dd><strong>${t('backups.hour', { hour: schedule.hour })}</strong>
      <small>${t('backups.kept', schedule)}</small></dd></div>
    <div><dt>${t('backups.folder')}</dt><dd><strong class="backup-folder">${folder}</strong></dd></div>
  </dl>`

const run = (name, last) => {
  const { at, error } = last ?? {}
  return html`
  <div data-mood="${error || !at ? 'wary' : 'good'}"><dt>${name}</dt><dd>
    <strong>${at ? html`<time-ago moment="${at}"></time-ago>` : t('backups.never')}</strong>
    ${error && html`<small>${t('backups.failed', { reason: error.message })}</small>`}</dd></div>`
}

const verdict = (at, error) => !at ? t('backups.unverified') : html`
  <span class="tag ${error ? 'tag-bad' : 'tag-plain'}">${t(error ? 'backups.bad' : 'backups.good')}</span>
  <time-ago moment="${at}"></time-ago>`

customElements.define('backups-page', BackupsPage)
route('/backups', () => html`<backups-page data-key="backups"></backups-page>`,
  { access: 'admin', title: 'backups.title' })
