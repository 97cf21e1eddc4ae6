/// The last bytes that a serial line sent, for those who come later.
struct Scrollback {
  private let limit: Int
  private var stored: [UInt8] = []
  /// Whether the beginning is missing.
  private var isCut = false

  init(limit: Int = 64 << 10) { self.limit = limit }

  /// Keeps at most twice the limit, so that not every byte moves all of them.
  mutating func append(_ bytes: [UInt8]) {
    stored += bytes.suffix(limit)
    isCut = isCut || bytes.count > limit
    guard stored.count > 2 * limit else { return }
    stored.removeFirst(stored.count - limit)
    isCut = true
  }

  /// At most `limit` bytes. What was cut starts with a whole line, if there is one: half an escape sequence or half a
  /// character would spoil the beginning.
  var bytes: [UInt8] {
    let newest = stored.suffix(limit)
    guard isCut || newest.count < stored.count, let end = newest.firstIndex(of: 0x0A),
      end + 1 < newest.endIndex
    else { return Array(newest) }
    return Array(newest[(end + 1)...])
  }
}
