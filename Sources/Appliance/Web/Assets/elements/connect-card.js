import './copy-field.js'
import { ViewElement } from '../lib/element.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { jobOf, jobs, machines } from '../lib/live.js'
import { keyFile, keyKind, ownSystem, protectCommand, sshCommand, systems } from '../lib/machines.js'
import { session } from '../lib/session.js'
import { isOver } from '../lib/steps.js'

/** How to connect to a machine (attribute `machine`) by SSH: the key, its permissions, the command. */
class ConnectCard extends ViewElement {
  static observedAttributes = ['machine']
  #system = ownSystem()

  connected() {
    this.watch(machines)
    this.watch(jobs)
    this.watch(session)
  }

  view() {
    const machine = machines.get().byId[this.getAttribute('machine')]
    if (!machine) return html``
    return html`
      <section class="card card-connect" aria-labelledby="connect-title">
        <h2 id="connect-title">${icon('terminal')}${t('ssh.title')}</h2>
        ${this.#ways(machine)}
        ${session.get().host?.hypervisor?.type === 'test'
          && html`<p class="quiet">${t('notice.testText')}</p>`}
      </section>`
  }

  #ways(machine) {
    const job = jobOf(machine.id)
    const creating = job?.kind === 'machine.create' && !isOver(job)
    const kind = creating ? null : keyKind(machine, session.get().user)
    const command = sshCommand(machine, kind === 'private', this.#system)
    if (!command) return html`<p class="quiet">${t('ssh.notYet')}</p>`
    const enter = html`
      <copy-field data-key="command" label="${t('ssh.command')}" value="${command}"></copy-field>
      ${machine.hostKey && html`
        <p class="quiet">${t('ssh.knownText')}</p>
        <copy-field data-key="known" label="${t('ssh.known')}"
          value="${machine.hostKey.knownHosts}"></copy-field>
        <p class="quiet">${t('ssh.fingerprint')} <code>${machine.hostKey.fingerprint}</code></p>`}
      ${machine.forwarding === false && html`<p class="quiet">${t('ssh.inner')}</p>`}
      ${machine.status === 'stopped' && html`<p class="quiet">${t('ssh.stopped')}</p>`}`
    if (kind === 'private') return this.#withKey(machine, enter)
    return html`${enter}
      ${kind === 'own' && html`<p class="quiet">${t('ssh.ownKey')}</p>`}
      ${kind === null && !creating
        && html`<p class="quiet">
          ${t('ssh.otherKey', { name: machine.owner?.name ?? machine.full_name })}</p>`}`
  }

  #withKey(machine, enter) {
    const file = keyFile(machine)
    return html`
      <fieldset class="switch" data-key="systems"><legend class="visually-hidden">${t('ssh.system')}</legend>
        <div class="switch-choices">${systems.map(system => html`
        <button type="button" data-key="system-${system}" data-click="choose" data-system-name="${system}"
          aria-pressed="${system === this.#system ? 'true' : 'false'}">
          ${t(`ssh.system.${system}`)}</button>`)}</div></fieldset>
      <ol class="ways">
        <li><p>${t('ssh.step1')}</p>
          <a class="button" data-role="key" href="/api/vms/${encodeURIComponent(machine.id)}/key?download=1"
            download="${file}">${icon('download')}${t('ssh.key')} <code>${file}</code></a></li>
        <li><p>${t('ssh.step2')}</p>
          <copy-field data-key="chmod" label="${t('ssh.step2')}"
            value="${protectCommand(machine, this.#system)}"></copy-field></li>
        <li><p>${t('ssh.step3')}</p>${enter}</li>
      </ol>
      <p class="quiet">${t('ssh.mailed')}</p>`
  }

  choose(_, button) {
    this.#system = button.dataset.systemName
    this.update()
  }
}

customElements.define('connect-card', ConnectCard)
