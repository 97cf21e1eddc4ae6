import Glibc
import Synchronization

/// A descriptor of the system that is closed with the last reference, unless it was taken.
public final class OpenDescriptor: Sendable {
  private let file: Mutex<Int32?>

  public init(_ file: Int32) { self.file = Mutex(file) }

  deinit {
    if let file = take() { close(file) }
  }

  /// Once: the caller then closes it. Nil when it was taken before.
  public func take() -> Int32? { file.withLock { $0.take() } }
}
