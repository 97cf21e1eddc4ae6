import Synchronization

/// Counters of a database since it was opened.
public struct Statistics: Sendable, Equatable {
  /// Transactions committed; each may hold several writes.
  public let commits: Int
  /// Writes answered by those commits.
  public let writes: Int
  public let reads: Int
  public let waitingWrites: Int
  public let waitingReads: Int
  /// Length of the write-ahead log when last measured, in pages of 4 KiB.
  public let walPages: Int
}

/// The mutable counters behind `Statistics`.
final class Counters: Sendable {
  private let commitCount = Atomic(0)
  private let writeCount = Atomic(0)
  private let readCount = Atomic(0)
  private let pageCount = Atomic(0)
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  var commits: Int { commitCount.load(ordering: .relaxed) }
  var writes: Int { writeCount.load(ordering: .relaxed) }
  var reads: Int { readCount.load(ordering: .relaxed) }
  var walPages: Int { pageCount.load(ordering: .relaxed) }

  func committed(_ writes: Int) {
    commitCount.wrappingAdd(1, ordering: .relaxed)
    writeCount.wrappingAdd(writes, ordering: .relaxed)
  }

  func read() {
    readCount.wrappingAdd(1, ordering: .relaxed)
  }

  func walPages(_ pages: Int) {
    pageCount.store(pages, ordering: .relaxed)
  }

  /// Calls `body` on the writer's thread after each group of writes, once its callers are answered.
  func observe(_ body: @escaping @Sendable () -> Void) {
    observer.withLock { $0 = body }
  }

  func groupAnswered() {
    observer.withLock { $0 }?()
  }
}
