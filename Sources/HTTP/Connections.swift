/// The open connections, divided into slices that can be visited one at a time.
struct Connections {
  static let slices = 16
  /// Number of connections from which on the slices are visited one at a time.
  static let many = 500

  private var parts = [[UInt64: Connection]](repeating: [:], count: slices)
  private(set) var count = 0
  /// Called when a connection was opened or closed.
  var observer: (@Sendable () -> Void)?

  var all: [Connection] { parts.flatMap(\.values) }

  subscript(id: UInt64) -> Connection? {
    get { parts[Int(id % UInt64(Self.slices))][id] }
    set {
      let part = Int(id % UInt64(Self.slices))
      let before = parts[part].count
      parts[part][id] = newValue
      count += parts[part].count - before
      observer?()
    }
  }

  /// Visits the connections of a slice without copying; `body` must not add or remove connections.
  func forEach(inSlice slice: Int, _ body: (Connection) -> Void) {
    for connection in parts[slice].values { body(connection) }
  }
}
