/// Sockets that nobody signed in on yet, by the place they come from.
struct UnauthenticatedSockets: Sendable {
  private var byPlace: [String: Set<UInt64>] = [:]

  /// Takes one in. Where its place has as many as it may, the one that waits longest goes, and is answered: who signs
  /// in does so at once, so that sockets which only wait keep nobody out.
  mutating func add(_ socket: UInt64, at place: String, most: Int) -> UInt64? {
    var oldest: UInt64?
    if let waiting = byPlace[place], waiting.count >= most { oldest = waiting.min() }
    if let oldest { byPlace[place]?.remove(oldest) }
    byPlace[place, default: []].insert(socket)
    return oldest
  }

  mutating func remove(_ socket: UInt64, at place: String) {
    guard byPlace[place]?.remove(socket) != nil, byPlace[place]?.isEmpty == true else { return }
    byPlace[place] = nil
  }
}
