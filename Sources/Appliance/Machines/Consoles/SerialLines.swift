import HTTP
import Hypervisor
import Synchronization
import Threads

/// The open serial lines, one of each machine.
final class SerialLines: Sendable {
  private let loop: Loop
  private let lines = Mutex<[Int64: SerialLine]>([:])
  /// Held by machine while its line is opened, so that two watchers who come at once get the same.
  private let opening = AsyncLock()

  init(loop: Loop) { self.loop = loop }

  /// The machine's line, which `open` opens if there is none.
  func line(
    of machine: Int64, open: @Sendable () async throws -> OpenDescriptor
  ) async throws -> SerialLine {
    try await opening.hold("\(machine)") {
      if let present = lines.withLock({ $0[machine] }) { return present }
      guard let file = try await open().take() else { throw Failure.internalError }
      let line = SerialLine(file, on: loop) { [weak self] in self?.forget(machine) }
      lines.withLock { $0[machine] = line }
      loop.run { line.start() }
      return line
    }
  }

  /// Ends all lines.
  func close() {
    let all = lines.withLock { Array($0.values) }
    loop.run { for line in all { line.close() } }
  }

  /// A line is over before the next one of its machine is opened.
  private func forget(_ machine: Int64) { lines.withLock { $0[machine] = nil } }
}
