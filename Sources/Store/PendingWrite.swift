/// A queued write with its callback.
// Passed through the queue to the writer's thread, which alone touches it from then on.
class PendingWrite: @unchecked Sendable {
  fileprivate(set) var hooks: Transaction?
  /// Whether its closure called `claimSpace`: it must not use the reserve.
  var grows = false
  /// Whether it was retried because the disk was full.
  var isRepeated = false

  /// Runs the closure and stores its result; called again when the group could not be committed.
  func perform(_ transaction: Transaction) throws {}

  /// Stores the error as the result.
  func refuse(_ error: any Error) {}

  /// Runs the transaction's hooks, then passes the stored result to the caller.
  func answer() {}

  /// Passes an error to the caller; the write was undone.
  func fail(_ error: any Error) {}
}

/// A pending write with a result of type `T`.
// As in the superclass: touched by the caller until it is queued, then by the writer's thread only.
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
