import Synchronization

/// Which folder each of our pools lies in: a pool of the same name elsewhere is another installation's.
final class PoolFolders: Sendable {
  private let folders = Mutex<[String: Substring]>([:])

  func claim(_ name: String, path: String) {
    folders.withLock { $0[name] = Self.trimmed(path) }
  }

  /// Throws `.foreign` where the pool lies in another folder than the one that was claimed.
  func check(_ pool: borrowing Pool, _ name: String, _ operation: String) throws {
    guard let expected = folders.withLock({ $0[name] }) else { return }
    let present = try pool.path(operation) ?? ""
    guard Self.trimmed(present) == expected else {
      throw HypervisorError(
        .foreign, "the pool \(name) lies in \(present), which is not ours", operation: operation)
    }
  }

  private static func trimmed(_ path: String) -> Substring {
    var path = Substring(path)
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}
