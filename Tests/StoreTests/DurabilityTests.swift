import Glibc
import Store
import Testing

/// Answered writes survive the end of the process, however it ends.
@Suite struct DurabilityTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test func `answered writes survive kill -9`() async throws {
    let path = folder.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      try await writeUntilKilled(folder: path)
    }
    let answered = try answeredNumbers()
    #expect(answered.count >= 200)
    let log = Record<String>()
    let database = try folder.open(log: log)
    #expect(log.all.contains { $0.contains("not clean") })
    let kept = Set(try database.readNow { try $0.query("SELECT size FROM notes") { $0.int(0) } })
    #expect(kept.isSuperset(of: answered))
    await database.close()
  }

  @Test func `connections have the required durability settings`() async throws {
    let database = try folder.open()
    let writing = try await database.write { transaction in
      [
        try transaction.scalar("PRAGMA synchronous"), try transaction.scalar("PRAGMA foreign_keys"),
        try transaction.first("PRAGMA journal_mode") { $0.text(0) } == "wal" ? 1 : 0,
      ]
    }
    #expect(writing == [2, 1, 1])
    #expect(try await database.read { try $0.scalar("PRAGMA query_only") } == 1)
    await database.close()
  }

  /// The numbers that the child recorded after their writes were answered.
  private func answeredNumbers() throws -> Set<Int> {
    let file = open(folder.path + "/answered", O_RDONLY)
    try #require(file >= 0)
    defer { close(file) }
    var numbers = [UInt32](repeating: 0, count: 100_000)
    let count = numbers.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    return Set(numbers.prefix(max(0, count) / 4).map(Int.init))
  }
}

/// Eight concurrent writers record every answered write; the two hundredth answer kills the process in the
/// middle of other commits.
private func writeUntilKilled(folder: String) async throws {
  let database = try Database.open(path: folder + "/box.db", migrations: [notes], clock: { 0 }, log: { _ in })
  let file = open(folder + "/answered", O_WRONLY | O_CREAT | O_APPEND, 0o600)
  let answered = Record<UInt32>()
  try await withThrowingTaskGroup(of: Void.self) { group in
    for writer in 0..<8 {
      group.addTask {
        for round in 0..<10_000 {
          var number = UInt32(writer * 10_000 + round)
          try await database.write { [number] in
            try $0.execute("INSERT INTO notes (title, size) VALUES (?, ?)", "note \(number)", Int(number))
          }
          write(file, &number, 4)
          answered.append(number)
          if answered.all.count >= 200 { kill(getpid(), SIGKILL) }
        }
      }
    }
    try await group.waitForAll()
  }
}
