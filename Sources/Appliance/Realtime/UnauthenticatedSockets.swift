/// The sockets that are not signed in yet, by address.
struct UnauthenticatedSockets: Sendable {
  private var byPlace: [String: Set<UInt64>] = [:]

  /// Adds a socket. When its address has too many, removes and returns the oldest: real clients sign in at
  /// once, so idle sockets cannot keep them out.
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
