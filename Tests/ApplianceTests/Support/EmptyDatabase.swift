import Foundation
import Store
import TestSupport

@testable import Appliance

/// A database with every migration and no rows of a test, made once for the process, since making one takes
/// as long as many a test.
enum EmptyDatabase {
  private static let made = Task { () throws -> String in
    let folder = NSTemporaryDirectory() + "obox-test-empty-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let database = try Database.open(
      path: folder + "/obox.db", readers: 1, migrations: Migration.all, clock: { ManualTime().now },
      log: { _ in })
    await database.close()
    return folder
  }

  /// Puts a copy into a folder that has no database yet, as a daemon would have left it.
  static func copy(into folder: String) async throws {
    guard !FileManager.default.fileExists(atPath: folder + "/obox.db") else { return }
    let empty = try await made.value
    for name in ["obox.db.lock", "obox.db"] {
      try FileManager.default.copyItem(atPath: "\(empty)/\(name)", toPath: "\(folder)/\(name)")
    }
  }
}
