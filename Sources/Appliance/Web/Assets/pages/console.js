import '../elements/machine-line.js'
import '../elements/machine-screen.js'
import '../elements/status-badge.js'
import { emptyState } from '../elements/empty-state.js'
import { loadable, skeletons } from '../elements/loadable.js'
import { hasConsole } from '../lib/console.js'
import { confirm } from '../lib/dialogs.js'
import { ViewElement } from '../lib/element.js'
import { mayStart } from '../lib/host.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { fetchMachine, jobOf, jobs, machines } from '../lib/live.js'
import { Loader } from '../lib/loader.js'
import { perform } from '../lib/machine-actions.js'
import { actionsOf, isUnknown } from '../lib/machines.js'
import { place, route } from '../lib/router.js'
import { socket } from '../lib/session.js'
import { toast } from '../lib/toast.js'

const signs = { start: 'play', stop: 'power', reboot: 'reboot', pause: 'pause', resume: 'play', 'force-stop': 'stop' }

const toolSigns = { full: 'expand', again: 'reboot' }

/** The screen or the serial line of a machine. */
class ConsolePage extends ViewElement {
  #id = place.get().parameters.id
  #fetched = new Loader(this, signal => fetchMachine(this.#id, signal))
  #console = { state: 'connecting', text: '' }
  #isFitted = true
  #isWatching = false
  #isWriting = false
  #isTyping = false

  connected() {
    this.watch(machines)
    this.watch(jobs)
    this.watch(place)
    this.listen(socket, 'SUBSCRIBED', ({ detail }) => { if (detail.topic === 'vms') this.#fetched.load() })
    this.listen(this, 'console-state', ({ detail }) => {
      this.#console = detail
      this.update()
    })
    this.#fetched.load()
  }

  get #machine() { return machines.get().byId[this.#id] }
  get #kind() { return place.get().query.get('view') === 'serial' ? 'serial' : 'vnc' }
  get #shown() { return this.querySelector('machine-screen, machine-line') }

  view() {
    const machine = this.#machine
    return loadable({ value: machine?.os_type ? machine : null, error: this.#fetched.error }, () => this.#page(machine), {
      waiting: html`${skeletons('title')}${skeletons('card')}`, failed: error => this.#failed(error),
    })
  }

  #page(machine) {
    document.title = `${t('console.of', { name: machine.name })} · OBox`
    const isOpen = hasConsole(machine)
    return html`
      <a class="back" href="/machines/${machine.id}">${icon('back')}${machine.name}</a>
      <header class="page-head">
        <div><h1>${t('console.title')}</h1>
          <p class="lead"><status-badge status="${machine.status}"
            ?unreachable=${isUnknown(machine)}></status-badge></p></div>
        ${this.#power(machine)}
      </header>
      <nav class="tabs" aria-label="${t('console.kinds')}">${['vnc', 'serial'].map(kind => html`
        <a href="/machines/${machine.id}/console${kind === 'serial' && '?view=serial'}"
          ${kind === this.#kind && html`aria-current="page"`}>${t(`console.${kind}`)}</a>`)}</nav>
      ${isOpen && this.#tools()}
      ${isOpen && this.#isWriting && this.#writing()}
      <div class="console-stage" data-key="stage" data-kind="${this.#kind}">
        ${isOpen ? this.#opened(machine) : this.#off(machine)}</div>
      ${isOpen && html`<p class="console-hint" data-key="hint">${t(`console.hint.${this.#kind}`)}</p>`}`
  }

  #power(machine) {
    const actions = actionsOf(machine, jobOf(this.#id)).filter(action => action !== 'start' || mayStart())
    return actions.length > 0 && html`<div class="actions" role="group" aria-label="${t('do.label')}">
      ${actions.map(action => html`<button class="button" data-key="do-${action}" data-click="do"
        data-action="${action}">${icon(signs[action])}${t(`do.${action}`)}</button>`)}</div>`
  }

  #tools() {
    const isScreen = this.#kind === 'vnc'
    const isBusy = this.#console.state !== 'open'
    const mayType = !isBusy && !this.#isWatching
    return html`
      <div class="console-tools" data-key="tools" role="toolbar" aria-label="${t('console.tools')}">
        ${isScreen && html`<button class="button" data-key="cad" data-click="attention"
          ?disabled=${!mayType}>${icon('keyboard')}Ctrl+Alt+${t('console.del')}</button>`}
        <button class="button" data-key="write" data-click="write" ?disabled=${!mayType}
          aria-expanded="${this.#isWriting ? 'true' : 'false'}">${icon('edit')}${t('console.write')}</button>
        ${isScreen && this.#toggle('fit', 'screen', this.#isFitted)}
        ${this.#toggle('only', 'eye', this.#isWatching)}
        ${['full', 'again'].map(name => html`<button class="button" data-key="${name}"
          data-click="${name}">${icon(toolSigns[name])}${t(`console.${name}`)}</button>`)}
      </div>`
  }

  #toggle(name, sign, isOn) {
    return html`<button class="button" data-key="${name}" data-click="${name}"
      aria-pressed="${isOn ? 'true' : 'false'}">${icon(sign)}${t(`console.${name}`)}</button>`
  }

  #writing() {
    return html`
      <form class="console-writing" data-key="writing" data-submit="typed">
        <label for="console-text">${t('console.text')}</label>
        <textarea id="console-text" name="text" rows="3" maxlength="2000" required autocomplete="off"
          spellcheck="false" autocapitalize="off" aria-describedby="console-text-hint"></textarea>
        <p id="console-text-hint" class="field-hint">${t(`console.textHint.${this.#kind}`)}</p>
        <div><button class="button button-primary" ?disabled=${this.#isTyping}>
          ${t(this.#isTyping ? 'console.typing' : 'console.type')}</button></div>
      </form>`
  }

  #opened(machine) {
    const { state, text } = this.#console
    const key = `${this.#kind}-${this.#isWatching ? 'watch' : 'use'}`
    return html`
      ${this.#kind === 'vnc'
        ? html`<machine-screen data-key="${key}" machine="${machine.id}" ?watching=${this.#isWatching}
          scale="${this.#isFitted ? 'fit' : 'own'}"></machine-screen>`
        : html`<machine-line data-key="${key}" machine="${machine.id}"
          ?watching=${this.#isWatching}></machine-line>`}
      <div class="console-note" data-key="note" role="status" ?hidden=${state === 'open'}>
        ${state !== 'open' && html`<p>${text || t('console.connecting')}</p>`}
        ${state === 'closed' && html`<button class="button" data-click="again">${icon('reboot')}
          ${t('console.again')}</button>`}
        ${state === 'waiting' && html`<p>${t('console.comesBack')}</p>`}
      </div>`
  }

  /** Why there is no console now. */
  #off(machine) {
    const key = isUnknown(machine) ? 'HOST_UNREACHABLE' : machine.console ? 'MACHINE_OFF' : 'CONSOLE_UNAVAILABLE'
    return html`<div class="console-note" data-key="off" role="status">
      <p>${t(`console.end.${key}`)}</p></div>`
  }

  #failed({ status, message }) {
    const missing = status === 404 || status === 403
    return emptyState({
      icon: missing ? 'machines' : 'warning',
      title: missing ? t('machine.notFound') : t('error.load'),
      text: missing ? t('machine.notFoundText') : message, isPage: true,
      action: html`<a class="button" href="/machines">${icon('back')}${t('machine.backToList')}</a>`,
    })
  }

  do(_, button) { perform(this.#machine, button.dataset.action) }

  async attention() {
    const yes = await confirm({
      title: t('console.askDel', { name: this.#machine.name }), text: t('console.askDelText'), yes: t('console.send'),
    })
    if (yes) this.#shown?.sendCtrlAltDel()
    this.#shown?.focusConsole()
  }

  fit() { this.#isFitted = !this.#isFitted; this.update() }

  only() {
    this.#isWatching = !this.#isWatching
    this.#isWriting = false
    this.update()
  }

  again() { this.#shown?.reopen() }

  write() {
    this.#isWriting = !this.#isWriting
    this.draw()
    if (this.#isWriting) this.querySelector('#console-text').focus()
    else this.#shown?.focusConsole()
  }

  full() {
    const stage = this.querySelector('.console-stage')
    if (!stage.requestFullscreen) return toast(t('console.noFull'), 'error')
    stage.requestFullscreen().then(() => this.#shown?.focusConsole(), () => toast(t('console.noFull'), 'error'))
  }

  async typed(event, form) {
    event.preventDefault()
    const text = form.elements.text.value
    this.#isTyping = true
    this.update()
    const missing = await this.#shown?.typeText(text) ?? []
    this.#isTyping = false
    form.reset()
    this.update()
    if (missing.length > 0) toast(t('console.missing', { characters: missing.join(' ') }), 'error')
  }
}

customElements.define('console-page', ConsolePage)
route('/machines/:id/console', ({ id }) => html`<console-page data-key="console-${id}"></console-page>`,
  { access: 'signedIn', title: 'console.title' })
