/// A closure that waits to be run and committed, and whoever waits for its answer.
// Handed through the queue to the writer's thread, which alone touches it from then on.
class PendingWrite: @unchecked Sendable {
  fileprivate(set) var hooks: Transaction?
  /// Whether its closure said that it takes room which others may need more.
  var grows = false
  /// Whether it was tried a second time because the disk was full.
  var isRepeated = false

  /// Runs the closure and keeps its result; may be called again when the group could not be committed.
  func perform(_ transaction: Transaction) throws {}

  /// Keeps the error instead of a result.
  func refuse(_ error: any Error) {}

  /// Runs the hooks, then resumes the caller with what was kept.
  func answer() {}

  /// Resumes the caller with an error; nothing of the closure was kept.
  func fail(_ error: any Error) {}
}

/// A pending write whose result, of type `T`, is told to a closure.
// As its superclass: touched by the caller until it is queued, then by the writer's thread only.
final class TypedWrite<T: Sendable>: PendingWrite, @unchecked Sendable {
  private let body: @Sendable (Transaction) throws -> T
  private let done: @Sendable (Result<T, any Error>) -> Void
  private var result: Result<T, any Error>?

  init(
    _ done: @escaping @Sendable (Result<T, any Error>) -> Void,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) {
    self.done = done
    self.body = body
  }

  override func perform(_ transaction: Transaction) throws {
    hooks = nil
    result = .success(try body(transaction))
    hooks = transaction
  }

  override func refuse(_ error: any Error) {
    hooks = nil
    result = .failure(error)
  }

  override func answer() {
    hooks?.runHooks()
    done(result ?? .failure(StoreError(.misuse, "the closure did not run")))
  }

  override func fail(_ error: any Error) {
    done(.failure(error))
  }
}
