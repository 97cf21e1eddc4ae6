import Store
import TestSupport
import Testing

/// Transactions larger than what is gathered of the log before it is written.
@Suite struct WriteLogTests {
  private static let rows = 3000
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  /// Writes some megabytes, and the first rows again once they have left the cache.
  private static func fill(_ tx: Transaction, _ mark: Int) throws {
    for number in 0..<rows {
      try tx.execute(
        "INSERT INTO notes (title, size) VALUES (hex(zeroblob(1000)) || ?, ?)", "\(mark)-\(number)", mark)
    }
    for number in 0..<50 {
      try tx.execute("UPDATE notes SET title = title || '!' WHERE title LIKE ?", "%00\(mark)-\(number)")
    }
  }

  private static func count(_ mark: Int, in connection: Connection) throws -> Int64? {
    try connection.scalar("SELECT count(*) FROM notes WHERE size = ? AND length(title) > 2000", mark)
  }

  @Test func `a large transaction reads what it wrote, and others read all of it or nothing`() async throws {
    let database = try folder.open()
    let gate = Gate()
    async let written: Int64? = database.write { tx in
      try Self.fill(tx, 1)
      gate.pass()
      return try Self.count(1, in: tx)
    }
    try await gate.reached()
    #expect(try await database.read { try Self.count(1, in: $0) } == 0)
    gate.open()
    #expect(try await written == Int64(Self.rows))
    #expect(try await database.read { try Self.count(1, in: $0) } == Int64(Self.rows))
    #expect(
      try await database.read { try $0.scalar("SELECT count(*) FROM notes WHERE title LIKE '%!'") } == 50)
    await database.close()
  }

  @Test func `what a large transaction wrote and gave up is not in the next one`() async throws {
    struct Refused: Error {}
    let database = try folder.open()
    for mark in 1...3 {
      let isKept = mark % 2 == 0
      _ = try? await database.write { tx in
        try Self.fill(tx, mark)
        if !isKept { throw Refused() }
      }
    }
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('last')") }
    let found = try await database.read { connection in
      (
        try (1...3).map { try Self.count($0, in: connection) },
        try connection.first("PRAGMA integrity_check") { $0.text(0) }
      )
    }
    #expect(found.0 == [0, Int64(Self.rows), 0])
    #expect(found.1 == "ok")
    await database.close()
    let again = try folder.open()
    #expect(try again.readNow { try $0.scalar("SELECT count(*) FROM notes") } == Int64(Self.rows) + 1)
    await again.close()
  }
}
