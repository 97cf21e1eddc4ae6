import Synchronization
import Threads

/// A SQLite file owned by this process: one writing connection, several reading ones.
///
/// Work is given as closures. A closure runs on one of the database's own threads with a connection that is
/// valid during the call. It must have no side effects outside the database.
public final class Database: Sendable {
  public let path: String
  let writer: Writer
  let readers: Readers
  let lifecycle: Lifecycle
  let reserve: SpaceReserve

  init(path: String, writer: Writer, readers: Readers, lifecycle: Lifecycle, space: SpaceReserve) {
    reserve = space
    self.path = path
    self.writer = writer
    self.readers = readers
    self.lifecycle = lifecycle
  }

  deinit {
    lifecycle.abandon()
  }

  /// Runs `body` on a consistent snapshot of the database. Errors: what `body` throws, `overloaded`,
  /// `closed`; `misuse` when it tries to write.
  public nonisolated(nonsending) func read<T: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> T
  ) async throws -> T {
    try await withUnsafeThrowingContinuation { caller in
      let counters = writer.counters
      let refusal = readers.queue.push { handle in
        let result = Result { try handle.reading(body) }
        counters.read()
        caller.resume(with: result)
      }
      if let refusal { caller.resume(throwing: StoreError(refusal)) }
    }
  }

  /// Runs `body` in a transaction and returns once that is on disk. When `body` throws, its writes are
  /// undone. `body` may run twice: writes are committed in groups, and a failed group is retried one by one.
  /// Errors: what `body` throws, `full`, `overloaded`, `closed`.
  @discardableResult
  public nonisolated(nonsending) func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await withUnsafeThrowingContinuation { caller in
      let refusal = writer.queue.push(TypedWrite({ caller.resume(with: $0) }, body))
      if let refusal { caller.resume(throwing: StoreError(refusal)) }
    }
  }

  /// As the asynchronous `write`, with a callback. `done` is called on the writer's thread, after the hooks
  /// of this transaction and before those of the next one; a refusal is reported at once on the caller's
  /// thread. `done` must not block. Writes requested by one thread run in that order.
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T,
    then done: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    let refusal = writer.queue.push(TypedWrite(done, body))
    if let refusal { done(.failure(StoreError(refusal))) }
  }

  /// As the asynchronous `read`, with a callback. `done` is called on the reader's thread; a refusal is
  /// reported at once on the caller's thread. `done` must not block.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (Connection) throws -> T,
    then done: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    let counters = writer.counters
    let refusal = readers.queue.push { handle in
      let result = Result { try handle.reading(body) }
      counters.read()
      done(result)
    }
    if let refusal { done(.failure(StoreError(refusal))) }
  }

  /// Runs `body` on the calling thread, which may block. For start-up only.
  public func readNow<T>(_ body: (Connection) throws -> T) throws -> T {
    try lifecycle.refuseOnOwnThread()
    return try readers.readers[0].use { try $0.reading(body) }
  }

  /// Calls `body` on the writer's thread after each commit, once its hooks have run and its callers are
  /// answered. `body` must not block. A second observer replaces the first.
  public func observeCommits(_ body: @escaping @Sendable () -> Void) {
    writer.counters.observe(body)
  }

  public var statistics: Statistics {
    Statistics(
      commits: writer.counters.commits, writes: writer.counters.writes, reads: writer.counters.reads,
      waitingWrites: writer.queue.count, waitingReads: readers.queue.count, walPages: writer.counters.walPages
    )
  }

  /// Whether the file is known to be undamaged; after an unclean stop it is checked in the background.
  public var integrity: Integrity { lifecycle.integrity }

  /// Free and reserved disk space.
  public var space: Space { reserve.space }

  /// Writes a snapshot of the database to the file `path`, replacing it when the copy is complete. Writes go
  /// on meanwhile. Errors: `busy` during another backup, `full`, `closed`.
  public nonisolated(nonsending) func backup(to path: String) async throws {
    try await withUnsafeThrowingContinuation { caller in
      lifecycle.backup(from: self.path, to: path) { caller.resume(with: $0) }
    }
  }

  /// Finishes the waiting work, moves the log into the file and marks the stop as clean. A second call waits
  /// for the first.
  public nonisolated(nonsending) func close() async {
    await withUnsafeContinuation { caller in
      lifecycle.close { caller.resume() }
    }
  }
}

extension StoreError {
  fileprivate init(_ refusal: QueueRefusal) {
    switch refusal {
    case .overloaded: self.init(.overloaded, "too much is waiting for the database")
    case .stopped: self.init(.closed, "the database is closed")
    }
  }
}
