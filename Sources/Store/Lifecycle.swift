import Glibc
import Synchronization
import Threads

/// Owns the threads of a database: starts them, and ends them in order.
final class Lifecycle: Sendable {
  private struct State {
    var writing: [Thread] = []
    var reading: [Thread] = []
    var checkpointing: [Thread] = []
    var checking: Thread?
    var backup: Thread?
    var isBackingUp = false
    var isClosing = false
    var isClosed = false
    var waiters: [@Sendable () -> Void] = []
  }

  private let writer: Writer
  private let readers: Readers
  private let checkpointer: Checkpointer
  private let check: IntegrityCheck
  private let lock: ProcessLock
  private let log: @Sendable (String) -> Void
  private let isStopping = Atomic(false)
  private let state = Mutex(State())

  init(
    writer: Writer, readers: Readers, checkpointer: Checkpointer, check: IntegrityCheck,
    lock: ProcessLock, log: @escaping @Sendable (String) -> Void
  ) {
    self.writer = writer
    self.readers = readers
    self.checkpointer = checkpointer
    self.check = check
    self.lock = lock
    self.log = log
  }

  var integrity: Integrity { check.result }

  func start() throws {
    do {
      try state.withLock { state in
        // The writer's thread retains the lock, so that it is held until that thread ends even if nobody
        // closes the database.
        state.writing = [
          try thread("db-write") { [writer, lock] in withExtendedLifetime(lock) { writer.run() } }
        ]
        state.checkpointing = [try thread("db-checkpoint") { [checkpointer] in checkpointer.run() }]
        for reader in readers.readers {
          state.reading.append(try thread("db-read") { [readers] in readers.run(reader) })
        }
        guard check.result == .checking else { return }
        log("the last stop was not clean: checking the database in the background")
        state.checking = try thread("db-check") { [check] in check.run() }
      }
    } catch {
      abandon()
      throw error
    }
  }

  private func thread(_ name: String, _ body: @escaping @Sendable () -> Void) throws -> Thread {
    guard let thread = Thread(name, body) else {
      throw StoreError(.other(EAGAIN), "the system has no thread left")
    }
    return thread
  }

  /// Tells the threads to end without waiting for them; the stop is not marked as clean.
  func abandon() {
    isStopping.store(true, ordering: .relaxed)
    check.stop()
    readers.queue.close()
    writer.queue.close()
    checkpointer.stop()
  }

  func refuseOnOwnThread() throws {
    let isOwn = state.withLock { state in (state.writing + state.reading).contains { $0.isCurrent } }
    if isOwn { throw StoreError(.misuse, "a read inside another closure of the database") }
  }

  /// Ends everything in order on its own thread, then calls `done`; if it is closed already, calls `done`
  /// only.
  func close(_ done: @escaping @Sendable () -> Void) {
    enum Next { case begin, wait, answer }
    let next = state.withLock { state -> Next in
      if state.isClosed { return .answer }
      state.waiters.append(done)
      defer { state.isClosing = true }
      return state.isClosing ? .wait : .begin
    }
    switch next {
    case .answer: done()
    case .wait: break
    case .begin: if Thread("db-close", { self.shutDown() }) == nil { shutDown() }
    }
  }

  private func shutDown() {
    isStopping.store(true, ordering: .relaxed)
    let threads = state.withLock { $0 }
    check.stop()
    threads.checking?.join()
    readers.queue.close()
    threads.reading.forEach { $0.join() }
    threads.backup?.join()
    writer.queue.close()
    threads.writing.forEach { $0.join() }
    checkpointer.stop()
    threads.checkpointing.forEach { $0.join() }
    readers.readers.forEach { $0.close() }
    do {
      try writer.finish()
      // A file that is not known to be undamaged is checked again at the next start.
      if check.result.isClean { lock.markClean() }
    } catch {
      log("the database could not be closed cleanly: \(error)")
    }
    lock.release()
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      state.isClosed = true
      return state.waiters
    }
    for waiter in waiters { waiter() }
  }
}

extension Lifecycle {
  /// Copies the database on its own thread and calls `done` with the result.
  func backup(
    from source: String, to path: String, _ done: @escaping @Sendable (Result<Void, any Error>) -> Void
  ) {
    let refusal = state.withLock { state -> (any Error)? in
      if state.isClosing { return StoreError(.closed, "the database is closed") }
      if state.isBackingUp { return StoreError(.busy, "a backup is in progress") }
      state.backup?.join()
      state.backup = nil
      do {
        state.backup = try thread("db-backup") {
          let result = Result { try self.copy(source, to: path) }
          self.state.withLock { $0.isBackingUp = false }
          done(result)
        }
        state.isBackingUp = true
        return nil
      } catch {
        return error
      }
    }
    if let refusal { done(.failure(refusal)) }
  }

  /// Writes to a temporary file and renames it, so that a backup is either complete or absent.
  private func copy(_ source: String, to path: String) throws {
    if areSameFile(source, path) { throw StoreError(.misuse, "\(path) is the database itself") }
    let partial = path + ".partial"
    let leftovers = [partial, partial + "-journal", partial + "-wal", partial + "-shm"]
    for leftover in leftovers { unlink(leftover) }
    defer { for leftover in leftovers { unlink(leftover) } }
    try createPrivateFile(partial)
    try Handle(path: source, mode: .reader).copy(to: partial) { _ in !isStopping.load(ordering: .relaxed) }
    guard rename(partial, path) == 0 else { throw StoreError(systemError: errno, path) }
    synchronizeFolder(of: path)
  }
}
