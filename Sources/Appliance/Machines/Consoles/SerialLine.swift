import HTTP

/// The serial line of a machine, shared by its watchers: each sees what any of them types, and who comes later what was
/// sent before.
///
/// `@unchecked Sendable`: after `init`, used on the loop's thread only.
final class SerialLine: ConsolePort, LoopDescriptorDelegate, @unchecked Sendable {
  private struct Watcher {
    let watch: ConsoleWatch
    /// Its network is slower than the line: it gets the newest output again when it has caught up.
    var isBehind = false
  }

  /// How long a line stays open without watchers, so that a page that is loaded again shows it as it was.
  static let patience = Duration.seconds(60)
  /// Makes a terminal forget what it shows.
  static let reset: [UInt8] = [0x1B, 0x63]

  private let loop: Loop
  private let descriptor: LoopDescriptor
  /// Called once, when it can no longer be used.
  private let whenOver: @Sendable () -> Void
  private var scrollback = Scrollback()
  private var watchers: [UInt64: Watcher] = [:]
  private var isOver = false
  private var closing: LoopTimer?

  /// Takes over the socket.
  init(_ file: Int32, on loop: Loop, whenOver: @escaping @Sendable () -> Void) {
    self.loop = loop
    self.whenOver = whenOver
    descriptor = LoopDescriptor(file, on: loop, mostWaiting: ConsoleBuffers.mostTyped)
  }

  func start() {
    descriptor.start(self)
    awaitWatchers()
  }

  func join(_ watch: ConsoleWatch) {
    guard !isOver else { return watch.end(.ended) }
    closing?.cancel()
    closing = nil
    watchers[watch.socket.id] = Watcher(watch: watch)
    let past = scrollback.bytes
    if !past.isEmpty { watch.socket.send(Frame(binary: past)) }
  }

  func typed(_ bytes: [UInt8], by watch: ConsoleWatch) {
    guard !watch.ticket.isViewOnly else { return }
    if !descriptor.write(bytes) { watch.end(.flooded) }
  }

  func received(_ bytes: [UInt8], on descriptor: LoopDescriptor) {
    scrollback.append(bytes)
    let frame = Frame(binary: bytes)
    for (id, watcher) in watchers where !watcher.isBehind {
      if watcher.watch.socket.queuedBytes > ConsoleBuffers.mostUnsent {
        watchers[id]?.isBehind = true
      } else {
        watcher.watch.socket.send(frame)
      }
    }
  }

  func flushed(_ watch: ConsoleWatch) {
    guard watchers[watch.socket.id]?.isBehind == true,
      watch.socket.queuedBytes < ConsoleBuffers.fewUnsent
    else { return }
    watchers[watch.socket.id]?.isBehind = false
    watch.socket.send(Frame(binary: Self.reset + scrollback.bytes))
  }

  func leave(_ watch: ConsoleWatch) {
    watchers[watch.socket.id] = nil
    if watchers.isEmpty { awaitWatchers() }
  }

  func ended(_ descriptor: LoopDescriptor) { close() }

  /// Ends the line for all its watchers.
  func close() {
    guard !isOver else { return }
    isOver = true
    closing?.cancel()
    closing = nil
    descriptor.close()
    whenOver()
    for watcher in watchers.values { watcher.watch.end(.ended) }
    watchers = [:]
  }

  private func awaitWatchers() {
    guard !isOver, closing == nil else { return }
    closing = loop.timer(after: Self.patience) { [weak self] in
      guard let self, watchers.isEmpty else { return }
      close()
    }
  }
}
