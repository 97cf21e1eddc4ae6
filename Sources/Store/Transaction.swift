/// A connection that may write, valid only inside the closure it is passed to. Its writes are kept when the
/// closure returns and undone when it throws.
public final class Transaction: Connection {
  /// Milliseconds since 1970, constant during the transaction.
  public let now: Int64
  private var hooks: [@Sendable () -> Void] = []

  private let space: SpaceReserve?
  private(set) var grows = false

  init(_ handle: Handle, now: Int64, space: SpaceReserve? = nil) {
    self.now = now
    self.space = space
    super.init(handle)
  }

  /// To be called before a write that makes the database grow and is not essential: throws `full` when only
  /// the reserved disk space is left.
  public func claimSpace() throws {
    grows = true
    if let space, space.isLow { throw StoreError(.full, "only the reserve of the disk is left") }
  }

  /// Runs `work` on the writer's thread once this transaction is on disk and before the caller is answered;
  /// never when it is undone. `work` must not block or throw.
  public func afterCommit(_ work: @escaping @Sendable () -> Void) {
    hooks.append(work)
  }

  /// Runs several statements without arguments, in order.
  public func executeScript(_ sql: String) throws {
    try refuseIfEnded()
    try handle.script(sql)
  }

  func runHooks() {
    for hook in hooks { hook() }
  }
}
