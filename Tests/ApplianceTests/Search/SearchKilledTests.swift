import Foundation
import Store
import Testing

@testable import Appliance

/// The index of all rows when the program is killed while it builds it.
@Suite(.timeLimit(.minutes(30))) struct SearchKilledTests {
  private struct Killed: Error {}

  private static let rows = 90

  /// Opens the files as they are, as a new process does.
  private static func open(_ folder: String) throws -> Database {
    try Database.open(
      path: folder + "/obox.db", migrations: Migration.all, clock: { 0 }, log: { _ in })
  }

  /// What is on the disk at this moment, without the owner of the files closing them: as `kill -9` leaves it.
  private static func left(by folder: String) throws -> String {
    let copy = folder + "-killed-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    for name in ["obox.db", "obox.db-wal"] where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(copy)/\(name)")
    }
    return copy
  }

  private static func write(_ numbers: ClosedRange<Int>, to database: Database) async throws {
    try await database.write { tx in
      for number in numbers {
        try tx.execute(
          """
          INSERT INTO resources (title, description, type, category, url, download_url, thumbnail_url, tags,
            is_public, required_role, created_at, updated_at)
          VALUES ('Guide heron' || ?1, '', 'link', '', '', '', '', '[]', 1, 'employee', ?1, ?1)
          """, number)
      }
    }
  }

  /// The rows whose title has the word, in the index, one for each entry.
  private static func found(_ word: String, in database: Database) async throws -> [Int64] {
    try await database.read { connection in
      try connection.query(
        """
        SELECT coalesce(i.ref, -1) FROM search_index AS s LEFT JOIN search_items AS i ON i.id = s.rowid
        WHERE search_index MATCH ? ORDER BY 1
        """, "kind : resources AND title : (\(word)*)"
      ) { $0.int64(0) }
    }
  }

  private static func finish(_ index: SearchIndex, in database: Database) async throws {
    while try await database.write({ try index.advance(by: 40, in: $0) }) {}
    try await database.write { tx in
      try tx.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')")
    }
  }

  @Test func `killed after any batch of a rebuild, the next process finds every row, and each once`()
    async throws
  {
    try await TestAppliance.run { test in
      let index = SearchIndex(sources: test.appliance.searchSources)
      await test.appliance.stop()
      let database = try Self.open(test.folder)
      try await Self.write(1...Self.rows, to: database)
      try await Self.finish(index, in: database)
      try await database.write { try $0.execute("UPDATE search_version SET version = 0") }
      var isMore = true
      while isMore {
        // The batch that is being written when the process dies leaves nothing.
        await #expect(throws: Killed.self) {
          try await database.write { tx in
            _ = try index.advance(by: 13, in: tx)
            throw Killed()
          }
        }
        try await Self.checkRestart(from: test.folder, index)
        isMore = try await database.write { try index.advance(by: 13, in: $0) }
      }
      try await Self.checkRestart(from: test.folder, index)
      await database.close()
    }
  }

  /// The next process changes, deletes and adds rows before the rebuild goes on.
  private static func checkRestart(from folder: String, _ index: SearchIndex) async throws {
    let copy = try left(by: folder)
    let database = try open(copy)
    try await database.write { tx in
      try tx.execute("UPDATE resources SET title = 'Guide egret' WHERE id IN (1, ?)", rows)
      try tx.execute("DELETE FROM resources WHERE id IN (2, ?)", rows - 1)
    }
    try await write(rows + 1...rows + 1, to: database)
    try await finish(index, in: database)
    #expect(try await found("heron", in: database) == (3...rows - 2).map(Int64.init) + [Int64(rows + 1)])
    #expect(try await found("egret", in: database) == [1, Int64(rows)])
    #expect(try await found("gui", in: database).count == rows - 1)
    await database.close()
    try FileManager.default.removeItem(atPath: copy)
  }
}
