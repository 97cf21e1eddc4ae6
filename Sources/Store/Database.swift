import Synchronization
import Threads

/// A SQLite file of this process: one writer, some readers, all work given as closures.
///
/// A closure runs on one of the database's own threads with a connection that is its for that time, and
/// returns what it found. It must have no effects but those on the database.
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

  /// Runs `body` on one consistent state of the database. Errors: what `body` throws, `overloaded`, `closed`;
  /// `misuse` when it tries to write.
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

  /// Runs `body` in a transaction and answers once that is on disk. When it throws, all it wrote is undone.
  /// It may run a second time if its first commit failed together with others'. Errors: what `body` throws,
  /// `full`, `overloaded`, `closed`.
  @discardableResult
  public nonisolated(nonsending) func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await withUnsafeThrowingContinuation { caller in
      let refusal = writer.queue.push(TypedWrite({ caller.resume(with: $0) }, body))
      if let refusal { caller.resume(throwing: StoreError(refusal)) }
    }
  }

  /// The same without a task: `done` is called on the writer's thread, after the hooks of this transaction and
  /// before those of the next one; where the database refuses, at once on the caller's. It must be quick.
  /// Writes that one thread asks for run in the order in which it asked.
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T,
    then done: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    let refusal = writer.queue.push(TypedWrite(done, body))
    if let refusal { done(.failure(StoreError(refusal))) }
  }

  /// A read without a task: `done` is called on the reader's thread; where the database refuses, at once on the
  /// caller's. It must be quick.
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

  /// Runs `body` on the calling thread, which may have to wait: for start-up only.
  public func readNow<T>(_ body: (Connection) throws -> T) throws -> T {
    try lifecycle.refuseOnOwnThread()
    return try readers.readers[0].use { try $0.reading(body) }
  }

  /// Calls `body` on the writer's thread after each commit, when its hooks have run and its callers are answered.
  /// It must be quick, and there is one at a time.
  public func observeCommits(_ body: @escaping @Sendable () -> Void) {
    writer.counters.observe(body)
  }

  public var statistics: Statistics {
    Statistics(
      commits: writer.counters.commits, writes: writer.counters.writes, reads: writer.counters.reads,
      waitingWrites: writer.queue.count, waitingReads: readers.queue.count, walPages: writer.counters.walPages
    )
  }

  /// What is known of the whole file: after an unclean stop it is checked in the background.
  public var integrity: Integrity { lifecycle.integrity }

  /// How much room is left for the database.
  public var space: Space { reserve.space }

  /// Copies one state of the database into the file `path`, which appears when it is complete and replaces
  /// one that is there. Writes go on meanwhile. Errors: `busy` during another backup, `full`, `closed`.
  public nonisolated(nonsending) func backup(to path: String) async throws {
    try await withUnsafeThrowingContinuation { caller in
      lifecycle.backup(from: self.path, to: path) { caller.resume(with: $0) }
    }
  }

  /// Finishes what waits, moves the log into the file and marks the stop as clean. Later calls only wait.
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
