import { strokesOf } from '../lib/console.js'
import { t } from '../lib/i18n.js'
import { loadScript } from '../lib/scripts.js'
import { ConsoleView } from './console-view.js'

/** Between two keys: an emulated keyboard holds only a few of them. */
const pause = 25
const shift = { keysym: 0xffe1, code: 'ShiftLeft' }

/** The screen of a machine, by noVNC. With scale="fit" it fits into the place that it has. */
class MachineScreen extends ConsoleView {
  static observedAttributes = ['scale']
  kind = 'vnc'
  #rfb = null

  prepare() { return loadScript('/vendor/novnc.js', { isModule: true }) }

  show(socket) {
    const target = document.createElement('div')
    target.className = 'console-picture'
    this.replaceChildren(target)
    const rfb = new globalThis.noVNC(target, socket, { shared: true })
    this.#rfb = rfb
    rfb.viewOnly = this.isWatching
    rfb.background = 'transparent'
    rfb.showDotCursor = true
    this.#fit()
    rfb.addEventListener('connect', () => {
      const canvas = target.querySelector('canvas')
      canvas?.setAttribute('aria-label', t('console.picture'))
      canvas?.setAttribute('role', 'application')
      this.tell('open')
      if (!this.isWatching) rfb.focus()
    })
  }

  hide() {
    this.#rfb?.disconnect()
    this.#rfb = null
    this.replaceChildren()
  }

  attributeChangedCallback() { this.#fit() }

  #fit() {
    if (this.#rfb) this.#rfb.scaleViewport = this.getAttribute('scale') === 'fit'
  }

  sendCtrlAltDel() { this.#rfb?.sendCtrlAltDel() }

  focusConsole() { this.#rfb?.focus() }

  /** Types a text key by key. Resolves to the characters that the keyboard does not have. */
  async typeText(text) {
    const { strokes, missing } = strokesOf(text)
    for (const stroke of strokes) {
      if (!this.#rfb) break
      if (stroke.shift) this.#rfb.sendKey(shift.keysym, shift.code, true)
      this.#rfb.sendKey(stroke.keysym, stroke.code, true)
      this.#rfb.sendKey(stroke.keysym, stroke.code, false)
      if (stroke.shift) this.#rfb.sendKey(shift.keysym, shift.code, false)
      await new Promise(resolve => { setTimeout(resolve, pause) })
    }
    return missing
  }
}

customElements.define('machine-screen', MachineScreen)
