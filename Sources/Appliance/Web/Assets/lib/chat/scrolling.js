/** How near to the end still counts as being there, in pixels. */
const nearEnd = 40

/** The scroll position of a list that grows on both sides, kept by the row that one reads. */
export class Scrolling {
  #box

  constructor(box) { this.#box = box }

  get isAtEnd() { return this.toEnd <= nearEnd }
  get toEnd() { return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight }
  get toStart() { return this.#box.scrollTop }

  goToEnd() { this.#box.scrollTop = this.#box.scrollHeight }

  /** The topmost row in sight and where it stands: what must not move. */
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

  /** Puts the first row of those in sight that is still there back to where it stood. */
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

  /** Brings a row to about a third of the height, or to a distance from the top. */
  show(row, fromTop = this.#box.clientHeight / 3) {
    const { top } = this.#box.getBoundingClientRect()
    this.#box.scrollTop += row.getBoundingClientRect().top - top - fromTop
  }

  /** Scrolls as little as it takes to have a row wholly in sight. */
  reveal(row) {
    const box = this.#box.getBoundingClientRect()
    const { top, bottom } = row.getBoundingClientRect()
    if (top < box.top + 8) this.#box.scrollTop -= box.top + 8 - top
    else if (bottom > box.bottom - 8) this.#box.scrollTop += Math.min(bottom - box.bottom + 8, top - box.top - 8)
  }
}

const offsetsFrom = (rows, index, top) =>
  rows.slice(index, index + 12).map(row => ({ row, offset: row.getBoundingClientRect().top - top }))
