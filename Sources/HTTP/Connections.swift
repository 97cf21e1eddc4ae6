/// The open connections, in slices that can be looked at one by one.
struct Connections {
  static let slices = 16
  /// From this number on the slices are looked at one at a time.
  static let many = 500

  private var parts = [[UInt64: Connection]](repeating: [:], count: slices)
  private(set) var count = 0
  /// Called when a connection came or went.
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

  /// Does not copy; `body` must not change the connections.
  func forEach(inSlice slice: Int, _ body: (Connection) -> Void) {
    for connection in parts[slice].values { body(connection) }
  }
}
