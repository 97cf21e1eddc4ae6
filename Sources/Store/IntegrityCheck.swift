import CSQLite
import Glibc
import Synchronization

/// Checks the whole database after an unclean stop, on its own thread, while it is in use.
///
/// Each table is checked in its own read transaction, so that the write-ahead log can be reset in between.
final class IntegrityCheck: Sendable {
  /// A connection that another thread may interrupt.
  // sqlite3_interrupt may be called from any thread while the connection is open, which the mutex ensures.
  private struct Running: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private static let mostFindings = 5

  private let path: String
  private let done: @Sendable (Integrity) -> Void
  private let found: Mutex<Integrity>
  private let running = Mutex<Running?>(nil)
  private let isStopping = Atomic(false)

  init(path: String, isNeeded: Bool, done: @escaping @Sendable (Integrity) -> Void) {
    self.path = path
    self.done = done
    found = Mutex(isNeeded ? .checking : .trusted)
  }

  var result: Integrity { found.withLock { $0 } }

  /// The thread's body.
  func run() {
    // Lower priority than the threads that answer requests. Linux takes 0 as the calling thread.
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
    let result = check()
    found.withLock { $0 = result }
    done(result)
  }

  /// Interrupts the check.
  func stop() {
    isStopping.store(true, ordering: .relaxed)
    running.withLock { if let pointer = $0?.pointer { sqlite3_interrupt(pointer) } }
  }

  private func check() -> Integrity {
    do {
      let handle = try Handle(path: path, mode: .reader)
      running.withLock { $0 = Running(pointer: handle.pointer) }
      defer { running.withLock { $0 = nil } }
      for table in try handle.tables() {
        if isStopping.load(ordering: .relaxed) { return .unfinished }
        let findings = try handle.findings(in: table)
        if findings != ["ok"] { return .damaged(Array(findings.prefix(Self.mostFindings))) }
      }
      return .sound
    } catch let error as StoreError where error.code == .corrupt {
      return .damaged([error.message])
    } catch {
      return .unfinished
    }
  }
}
