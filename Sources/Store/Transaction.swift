/// A connection that may write, lent to a closure; what it wrote is kept when the closure returns and
/// undone when it throws.
public final class Transaction: Connection {
  /// Milliseconds since 1970, the same during the whole transaction.
  public let now: Int64
  private var hooks: [@Sendable () -> Void] = []

  private let space: SpaceReserve?
  private(set) var grows = false

  init(_ handle: Handle, now: Int64, space: SpaceReserve? = nil) {
    self.now = now
    self.space = space
    super.init(handle)
  }

  /// To be called first by what makes the database grow and can be refused: throws `full` while there is only the
  /// room that is kept for what must go on.
  public func claimSpace() throws {
    grows = true
    if let space, space.isLow { throw StoreError(.full, "only the reserve of the disk is left") }
  }

  /// Runs `work` on the writer's thread once this transaction is on disk and before the caller is
  /// answered; never if it is undone. It must be quick, and cannot fail.
  public func afterCommit(_ work: @escaping @Sendable () -> Void) {
    hooks.append(work)
  }

  /// Runs several statements without arguments, one after the other.
  public func executeScript(_ sql: String) throws {
    try refuseIfEnded()
    try handle.script(sql)
  }

  func runHooks() {
    for hook in hooks { hook() }
  }
}
