import Synchronization

/// The folder of each of our pools: a pool of the same name elsewhere belongs to another installation.
final class PoolFolders: Sendable {
  private let folders = Mutex<[String: Substring]>([:])

  /// Throws `.foreign` when the name was claimed with another folder before.
  func claim(_ name: String, path: String, _ operation: String) throws {
    let claimed = folders.withLock { folders in
      let claimed = folders[name] ?? Self.trimmed(path)
      folders[name] = claimed
      return claimed
    }
    guard claimed == Self.trimmed(path) else {
      throw HypervisorError(.foreign, "the pool \(name) is in \(claimed)", operation: operation)
    }
  }

  /// Throws `.foreign` when the pool is not in the claimed folder.
  func check(_ pool: borrowing Pool, _ name: String, _ operation: String) throws {
    guard let expected = folders.withLock({ $0[name] }) else { return }
    let present = try pool.path(operation) ?? ""
    guard Self.trimmed(present) == expected else {
      throw HypervisorError(
        .foreign, "the pool \(name) is in \(present), which is not ours", operation: operation)
    }
  }

  private static func trimmed(_ path: String) -> Substring {
    var path = Substring(path)
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}
