import { get } from '../lib/api.js'
import { ViewElement } from '../lib/element.js'
import { clock, percent } from '../lib/format.js'
import { nearest, path, runs, series, summary, ticks, withLive } from '../lib/graph.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { loads, machines } from '../lib/live.js'
import { stateOf } from '../lib/machines.js'
import { socket } from '../lib/session.js'

const hour = 3_600_000
const height = 190
const frame = { top: 10, right: 10, bottom: 24, left: 44 }

/** The load of a machine (attribute `machine`), or without it of the host, over the last hours. */
class LoadGraph extends ViewElement {
  static observedAttributes = ['machine']

  #hours = 24
  #isPicked = false
  #grain = 300_000
  #points = null
  #failed = false
  #width = 0
  /** The index of the point whose values are shown; null: the last. */
  #read = null

  connected() {
    const { machine, topic } = this
    const size = new ResizeObserver(() => this.#resize())
    size.observe(this)
    this.signal.addEventListener('abort', () => size.disconnect())
    this.listen(socket, 'SUBSCRIBED', ({ detail }) => { if (detail.topic === topic) this.#fetch() })
    if (machine) this.watch(loads, () => this.#applyMachine(machine))
    else this.listen(socket, 'SYSTEM_STATS', ({ detail }) => this.#apply(detail))
    this.listen(this, 'pointermove', event => this.#point(event))
    this.listen(this, 'pointerdown', event => this.#point(event))
    this.listen(this, 'pointerleave', () => this.#follow())
    this.listen(this, 'focusout', () => this.#follow())
    this.listen(this, 'keydown', event => this.#step(event))
    this.#fetch()
  }

  get machine() { return this.getAttribute('machine') }
  get topic() { return this.machine ? 'vms' : 'system' }

  async #fetch() {
    const hours = this.#hours
    const path = this.machine ? `/api/vms/${encodeURIComponent(this.machine)}/history` : '/api/monitoring/history'
    try {
      const { grain, points } = await get(`${path}?hours=${hours}`, { signal: this.signal })
      if (hours !== this.#hours) return
      this.#grain = grain * 1000
      this.#points = points.map(point => ({ ...point, at: Date.parse(point.at) }))
      this.#failed = false
      if (this.#isYoung) {
        this.#hours = 2
        return this.#fetch()
      }
    } catch (error) {
      if (error.name === 'AbortError') return
      this.#failed = true
    }
    this.update()
  }

  /**
   * Whether the data begin within the last two hours: then two hours are shown unless a length was chosen.
   */
  get #isYoung() {
    return this.#hours > 2 && !this.#isPicked && this.#points[0]?.at > Date.now() - 2 * hour
  }

  #applyMachine(id) {
    const machine = machines.get().byId[id]
    if (machine && stateOf(machine) === 'running' && loads.get().byId[id]) this.#apply(loads.get().byId[id])
  }

  #apply({ cpu, ram, disk }) {
    if (!this.#points || !Number.isFinite(cpu?.usage)) return
    const live = { at: Date.now(), cpu: cpu.usage, ram: ram?.percent ?? 0, disk: disk?.percent ?? 0 }
    this.#points = withLive(this.#points, live, this.#grain, this.#hours * hour)
    if (this.#read !== null) this.#read = Math.min(this.#read, this.#points.length - 1)
    this.update()
  }

  #resize() {
    const card = this.querySelector('.card-graph')
    if (!card) return
    const { paddingLeft, paddingRight } = getComputedStyle(card)
    const width = card.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)
    if (Math.abs(width - this.#width) < 1) return
    this.#width = width
    this.update()
  }

  /** The time range, and the functions from moments and percent to coordinates. */
  #scale() {
    const to = Math.max(Date.now(), this.#points?.at(-1)?.at ?? 0)
    const from = to - this.#hours * hour
    const inner = { width: Math.max(1, this.#width - frame.left - frame.right), height: height - frame.top - frame.bottom }
    return {
      from, to, inner,
      x: at => frame.left + (at - from) / (to - from) * inner.width,
      y: value => frame.top + (100 - Math.max(0, Math.min(100, value))) / 100 * inner.height,
    }
  }

  #point({ target, clientX }) {
    const plot = target.closest?.('.graph-plot')
    if (!plot || !this.#points?.length) return
    const { from, to, inner } = this.#scale()
    const place = clientX - plot.getBoundingClientRect().left - frame.left
    this.#show(nearest(this.#points, from + place / inner.width * (to - from)))
  }

  #step(event) {
    if (!event.target.matches?.('.graph-plot') || !this.#points?.length) return
    const last = this.#points.length - 1
    const now = this.#read ?? last
    const next = {
      ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: last,
      PageUp: now + 12, PageDown: now - 12,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    this.#show(Math.max(0, Math.min(last, next)))
  }

  #show(index) {
    if (index === this.#read || index < 0) return
    this.#read = index
    this.update()
  }

  #follow() {
    if (this.#read === null || this.querySelector('.graph-plot:focus-visible')) return
    this.#read = null
    this.update()
  }

  view() {
    return html`
      <section class="card card-graph" aria-labelledby="graph-title">
        <header class="graph-head"><h2 id="graph-title">${t('graph.title')}</h2>
          <fieldset class="switch"><legend class="visually-hidden">${t('graph.length')}</legend>
            <div class="switch-choices">${[24, 2].map(hours => html`
            <button type="button" data-key="hours-${hours}" data-click="pick" data-hours="${hours}"
              aria-pressed="${hours === this.#hours ? 'true' : 'false'}">
              ${t(`graph.hours.${hours}`)}</button>`)}</div></fieldset>
        </header>
        ${this.#content()}
      </section>`
  }

  #content() {
    if (this.#failed && !this.#points) return html`
      <p class="quiet" data-key="failed">
        ${t('graph.failed')} <button type="button" class="button" data-click="again">
          ${icon('reboot')}${t('action.retry')}</button></p>`
    if (!this.#points) return html`<span class="skeleton skeleton-graph" data-key="waiting"></span>`
    if (!this.#points.length) return html`<p class="quiet" data-key="none">
      ${t(this.machine ? 'graph.noneMachine' : 'graph.none')}</p>`
    const point = this.#points[this.#read ?? this.#points.length - 1]
    return html`
      <ul class="graph-legend" data-key="legend" aria-hidden="true">${series.map(name => html`
        <li data-key="of-${name}" data-series="${name}"><svg viewBox="0 0 24 8"><path d="M1 4h22"/>
        </svg>${t(`load.${name}`)} <strong>${percent(point[name])}</strong></li>`)}
        <li class="graph-time" data-key="time">${this.#when(point)}</li></ul>
      ${this.#width > 0 && this.#plot(point)}
      ${this.#words()}`
  }

  #when(point) {
    if (this.#read !== null) return clock(point.at)
    return Date.now() - point.at < 2.6 * this.#grain ? t('graph.now') : t('graph.last', { time: clock(point.at) })
  }

  #plot(point) {
    const { from, to, inner, x, y } = this.#scale()
    const index = this.#points.indexOf(point)
    const parts = runs(this.#points, this.#grain)
    const values = Object.fromEntries(series.map(name => [name, percent(point[name])]))
    const marked = this.#read !== null
    return html`
      <svg class="graph-plot" data-key="plot" width="${this.#width}" height="${height}" role="slider"
        tabindex="0"
        aria-label="${t('graph.title')}. ${t('graph.use')}" aria-valuemin="0"
        aria-valuemax="${this.#points.length - 1}" aria-valuenow="${index}"
        aria-valuetext="${t('graph.value', { time: clock(point.at), ...values })}">
        ${[0, 50, 100].map(value => html`
          <g class="graph-level"><path d="M${frame.left} ${y(value)}h${inner.width}"/>
          <text x="${frame.left - 8}" y="${y(value) + 4}" text-anchor="end">${percent(value)}</text></g>`)}
        ${ticks(from, to, inner.width / 64).map(at => html`
          <g class="graph-tick"><path
            d="M${x(at).toFixed(1)} ${frame.top}v${inner.height}"/>${this.#label(x(at), at)}</g>`)}
        ${series.toReversed().map(name => html`
          <path class="graph-line" data-series="${name}"
            d="${parts.map(run => path(run, name, x, y)).join('')}"/>`)}
        ${marked && html`<g class="graph-mark">
          <path d="M${x(point.at).toFixed(1)} ${frame.top}v${inner.height}"/>${series.map(name => html`
          <circle data-series="${name}" cx="${x(point.at).toFixed(1)}" cy="${y(point[name]).toFixed(1)}"
            r="4"/>`)}</g>`}
      </svg>`
  }

  /** A label of the time axis; none where it would be cut off. */
  #label(place, at) {
    if (place < frame.left + 12 || place > this.#width - 18) return null
    return html`<text x="${place.toFixed(1)}" y="${height - 6}" text-anchor="middle">${clock(at)}</text>`
  }

  /** The graph as text, for screen readers. */
  #words() {
    const gaps = runs(this.#points, this.#grain).length - 1
    return html`
      <ul class="visually-hidden" data-key="words">${series.map(name => {
        const { mean, most, at } = summary(this.#points, name)
        return html`<li>${t('graph.summary', { name: t(`load.${name}`), mean: percent(mean),
          most: percent(most), time: clock(at) })}</li>`
      })}${gaps > 0 && html`<li>${t('graph.gaps', { count: gaps })}</li>`}</ul>`
  }

  pick(_, button) {
    const hours = Number(button.dataset.hours)
    if (hours === this.#hours) return
    this.#hours = hours
    this.#isPicked = true
    this.#points = null
    this.#read = null
    this.update()
    this.#fetch()
  }

  again() { this.#fetch() }
}

customElements.define('load-graph', LoadGraph)
