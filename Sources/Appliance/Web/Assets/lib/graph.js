/**
 * The geometry of load graphs. Points are `{at, cpu, ram, disk}` (milliseconds and percent), oldest first; a
 * grain is the time between two.
 */

export const series = ['cpu', 'ram', 'disk']

/** A distance of more grains is a gap: nothing was measured in between. */
const apart = 1.7
/** Live points come every 5 s: after so many milliseconds without one there is a gap. */
const silence = 45_000

/** The points divided at the gaps. */
export function runs(points, grain) {
  const found = []
  points.forEach((point, index) => {
    if (index === 0 || point.afresh || point.at - points[index - 1].at > apart * grain) found.push([])
    found.at(-1).push(point)
  })
  return found
}

/**
 * Adds a live point: it replaces the last live one until that is a grain old. Points older than `length` are
 * dropped.
 */
export function withLive(points, live, grain, length) {
  const last = points.at(-1)
  const afresh = Boolean(last?.live) && live.at - last.at > silence
  const moves = last?.live && !afresh && live.at - (points.at(-2)?.at ?? 0) < grain
  const fixed = moves ? points.slice(0, -1) : points
  const first = live.at - length
  const begins = afresh || (moves && last.afresh)
  return [...fixed.filter(({ at }) => at > first && at < live.at), { ...live, live: true, ...(begins && { afresh: true }) }]
}

const minute = 60_000
const steps = [10, 15, 30, 60, 120, 180, 240, 360, 720].map(count => count * minute)

/** At most `most` moments at round local times, for the labels of the time axis. */
export function ticks(from, to, most) {
  const step = steps.find(one => (to - from) / one <= most) ?? steps.at(-1)
  const midnight = new Date(from).setHours(0, 0, 0, 0)
  const found = []
  for (let at = midnight; at < to; at += step) if (at > from) found.push(at)
  return found
}

/** The index of the point nearest to a moment; -1 when there is none. */
export function nearest(points, at) {
  let best = -1
  points.forEach((point, index) => {
    if (best < 0 || Math.abs(point.at - at) < Math.abs(points[best].at - at)) best = index
  })
  return best
}

/** The SVG path of a run; a single point becomes a dot (with round line caps). */
export function path(run, name, x, y) {
  const place = point => `${x(point.at).toFixed(1)} ${y(point[name]).toFixed(1)}`
  return run.length === 1 ? `M${place(run[0])}h.01` : `M${run.map(place).join('L')}`
}

/** Mean and maximum of one series, and when the maximum was: `{mean, most, at}`. */
export function summary(points, name) {
  const most = points.reduce((best, point) => point[name] > best[name] ? point : best)
  const mean = points.reduce((sum, point) => sum + point[name], 0) / points.length
  return { mean, most: most[name], at: most.at }
}
