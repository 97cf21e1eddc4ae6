/// The machine's side of a console. Used on the loop's thread only.
protocol ConsolePort: AnyObject, Sendable {
  /// From now on, the watcher's socket gets what the machine sends.
  func join(_ watch: ConsoleWatch)
  /// The watcher sent something.
  func typed(_ bytes: [UInt8], by watch: ConsoleWatch)
  /// The watcher's network took something.
  func flushed(_ watch: ConsoleWatch)
  /// The watcher's socket was closed.
  func leave(_ watch: ConsoleWatch)
}

/// How much a console keeps in memory.
enum ConsoleBuffers {
  /// Beyond this many bytes waiting for a watcher's network, it is sent nothing more.
  static let mostUnsent = 256 << 10
  /// Below this it is sent something again.
  static let fewUnsent = 64 << 10
  /// The most that waits for the machine to read it.
  static let mostTyped = 256 << 10
}
