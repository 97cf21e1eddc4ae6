import { html } from '../lib/html.js'

/** A drawing of a plan to scale: the box is its memory, the dots its cores, the base its disk. */
export function planPicture(plan, largest) {
  const side = 14 + 34 * Math.sqrt(plan.memory / largest.memory)
  const ground = 10 + 46 * Math.sqrt(plan.disk_size / largest.disk_size)
  const top = 52 - side
  const left = 32 - side / 2
  const lamps = Array.from({ length: Math.min(plan.vcpu, 8) }, (_, index) => index)
  return html`
    <svg class="plan-picture" viewBox="0 0 64 64" aria-hidden="true">
      <rect class="plan-box" x="${left}" y="${top}" width="${side}" height="${side}" rx="${side / 5}"/>
      ${lamps.map(index => html`<circle class="plan-lamp" cx="${32 + (index - (lamps.length - 1) / 2) * 9}"
        cy="${top + side / 2}" r="2.8"/>`)}
      <rect class="plan-ground" x="${32 - ground / 2}" y="57" width="${ground}" height="4" rx="2"/>
    </svg>`
}
