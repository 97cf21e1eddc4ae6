/** A distance in pixels from the end that counts as the end. */
const nearEnd = 40

/** The scroll position of a list that grows at both ends. It is kept relative to the rows in sight. */
export class Scrolling {
  #box

  constructor(box) { this.#box = box }

  get isAtEnd() { return this.toEnd <= nearEnd }
  get toEnd() { return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight }
  get toStart() { return this.#box.scrollTop }

  goToEnd() { this.#box.scrollTop = this.#box.scrollHeight }

  /** The topmost visible rows and their positions, for `restore`. */
  anchor(rows) {
    const top = this.#box.getBoundingClientRect().top
    let low = 0
    let high = rows.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (rows[middle].getBoundingClientRect().bottom <= top + 1) low = middle + 1
      else high = middle
    }
    return rows.length ? { rows, index: low, offsets: offsetsFrom(rows, low, top) } : null
  }

  /** Scrolls so that the first row of the anchor that still exists is at its old position. */
  restore(anchor) {
    if (!anchor) return
    const top = this.#box.getBoundingClientRect().top
    for (const { row, offset } of anchor.offsets) {
      if (!row.isConnected) continue
      const moved = row.getBoundingClientRect().top - top - offset
      if (Math.abs(moved) >= 1) this.#box.scrollTop += moved
      return
    }
  }

  /** Scrolls a row to a distance from the top, by default a third of the height. */
  show(row, fromTop = this.#box.clientHeight / 3) {
    const { top } = this.#box.getBoundingClientRect()
    this.#box.scrollTop += row.getBoundingClientRect().top - top - fromTop
  }

  /** Scrolls as little as needed to show a row completely. */
  reveal(row) {
    const box = this.#box.getBoundingClientRect()
    const { top, bottom } = row.getBoundingClientRect()
    if (top < box.top + 8) this.#box.scrollTop -= box.top + 8 - top
    else if (bottom > box.bottom - 8) this.#box.scrollTop += Math.min(bottom - box.bottom + 8, top - box.top - 8)
  }
}

const offsetsFrom = (rows, index, top) =>
  rows.slice(index, index + 12).map(row => ({ row, offset: row.getBoundingClientRect().top - top }))
