import Glibc
import Store
import Synchronization
import Testing

@Suite struct IntegrityTests {
  private let folder: Folder
  private let results = AsyncStream<Integrity>.makeStream()

  init() throws {
    folder = try Folder()
  }

  private func open(log: Record<String> = Record()) throws -> Database {
    try folder.open(
      log: log, checked: { [continuation = results.continuation] in continuation.yield($0) })
  }

  private func result() async -> Integrity? {
    for await result in results.stream { return result }
    return nil
  }

  private func fill(_ rows: Int) async throws {
    let database = try folder.open()
    try await database.write { transaction in
      for number in 0..<rows {
        try transaction.execute("INSERT INTO notes (title) VALUES (?)", "a title that fills pages \(number)")
      }
    }
    await database.close()
  }

  /// As if the process had been killed.
  private func crash() { unlink(folder.database + ".lock") }

  @Test func `only after an unclean stop the file is checked and found sound`() async throws {
    let log = Record<String>()
    try await fill(10)
    let trusted = try open(log: log)
    #expect(trusted.integrity == .trusted)
    await trusted.close()
    #expect(!log.all.contains { $0.contains("checking") })
    crash()
    let database = try open(log: log)
    #expect(await result() == .sound)
    #expect(database.integrity == .sound)
    #expect(log.all.contains { $0.contains("checking") })
    await database.close()
    let again = try folder.open()
    #expect(again.integrity == .trusted)
    await again.close()
  }

  @Test func `a damaged table is reported at each start until repaired, others are served`()
    async throws
  {
    try await fill(4000)
    crash()
    let file = Glibc.open(folder.database, O_WRONLY)
    let noise = [UInt8](repeating: 0xa5, count: 3000)
    for page in 20..<30 { pwrite(file, noise, noise.count, page * 4096 + 8) }
    close(file)
    for _ in 0..<2 {
      let database = try open()
      let found = await result()
      guard case .damaged(let findings)? = found else {
        Issue.record("\(String(describing: found))")
        return
      }
      #expect(!findings.isEmpty && findings.count <= 5)
      #expect(try await database.read { try $0.scalar("SELECT count(*) FROM schema_migrations") } == 1)
      await database.close()
    }
  }

  @Test func `a check interrupted by the stop is repeated at the next start`() async throws {
    try await fill(4000)
    crash()
    // The check may have finished before the stop.
    let database = try open()
    await database.close()
    let first = await result()
    let next = try open()
    if first == .sound {
      #expect(next.integrity == .trusted)
    } else {
      #expect(first == .unfinished)
      #expect(await result() == .sound)
    }
    await next.close()
  }

  @Test func `table names are quoted for the check`() async throws {
    let odd = Migration(
      2, "odd", sql: "CREATE TABLE \"a \"\"b\u{301}\"\" c\" (id INTEGER PRIMARY KEY) STRICT")
    await (try folder.open(migrations: [notes, odd])).close()
    crash()
    let database = try folder.open(
      migrations: [notes, odd], checked: { [continuation = results.continuation] in continuation.yield($0) })
    #expect(await result() == .sound)
    await database.close()
  }
}
