import Glibc
import Store
import Testing

@Suite(.enabled(if: geteuid() == 0, "mounting needs root")) struct SpaceReserveTests {
  private static let reserve: Int64 = 1 << 20
  private let insert = "INSERT INTO notes (title) VALUES (?)"

  /// Posts until one is refused.
  private func fill(_ database: Database, from start: Int = 0) async throws -> Int {
    for number in start..<10_000 {
      let error = await refusal {
        try await database.write { [insert] transaction in
          try transaction.claimSpace()
          try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 2000))
        }
      }
      guard let error else { continue }
      #expect(error.code == .full)
      return number
    }
    Issue.record("nothing was refused")
    return 0
  }

  @Test func `writes that claim space are refused first, and essential ones continue`()
    async throws
  {
    guard let disk = try SmallDisk(size: "12m") else { return }
    let database = try disk.folder.open(reserve: Self.reserve)
    try await fillAndContinue(database, on: disk)
    await database.close()
  }

  @Test func `essential writes continue on a full disk although the checkpointer never gets its turn`()
    async throws
  {
    guard let disk = try SmallDisk(size: "12m") else { return }
    let gate = Gate()
    let database = try disk.folder.open(reserve: Self.reserve, checkpointing: { gate.pass() })
    defer { gate.open() }
    try await fillAndContinue(database, on: disk)
    try await gate.reached()
    gate.open()
    await database.close()
  }

  private func fillAndContinue(_ database: Database, on disk: SmallDisk) async throws {
    #expect(disk.folder.names.contains("box.db.reserve"))
    let last = try await fill(database)
    #expect(last > 100)
    #expect(database.space.isLow)
    // Fills the disk to the last byte.
    disk.fill()
    for number in 0..<3000 {
      try await database.write { [insert] in try $0.execute(insert, "sign-in \(number)") }
      if number > 500 {
        try await database.write {
          try $0.execute("DELETE FROM notes WHERE title = ?", "sign-in \(number - 500)")
        }
      }
    }
    #expect(
      try await database.read { try $0.scalar("SELECT count(*) FROM notes WHERE title LIKE 'sign-in%'") }
        == 501)
    #expect(!disk.folder.names.contains("box.db.reserve"))
    #expect(database.space.reserved == 0)
    let error = await refusal { try await database.write { try $0.claimSpace() } }
    #expect(error?.code == .full)
  }

  @Test func `the reserve is restored when there is space, and growth allowed again`() async throws {
    guard let disk = try SmallDisk(size: "12m") else { return }
    let log = Record<String>()
    let database = try disk.folder.open(reserve: Self.reserve, log: log)
    disk.fill()
    try await database.write { [insert] transaction in
      for number in 0..<100 {
        try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 500))
      }
    }
    #expect(!disk.folder.names.contains("box.db.reserve"))
    disk.free()
    // The line is written after the change that it reports.
    #expect(await log.changes.wait { !database.space.isLow && log.all.last?.contains("room again") == true })
    #expect(database.space.reserved == Self.reserve)
    try await database.write { try $0.claimSpace() }
    #expect(log.all.contains { $0.contains("given up") })
    await database.close()
  }

  @Test func `writes that claim space never use the reserve`() async throws {
    guard let disk = try SmallDisk(size: "12m") else { return }
    let database = try disk.folder.open(reserve: Self.reserve)
    let error = await refusal {
      try await database.write { [insert] transaction in
        try transaction.claimSpace()
        for number in 0..<3000 {
          try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 2000))
        }
      }
    }
    #expect(error?.code == .full)
    #expect(disk.folder.names.contains("box.db.reserve"))
    await database.close()
  }

  @Test func `starting on a full disk uses the reserve of the previous process`() async throws {
    guard let disk = try SmallDisk(size: "12m") else { return }
    await (try disk.folder.open(reserve: Self.reserve)).close()
    disk.fill()
    let database = try disk.folder.open(reserve: Self.reserve)
    #expect(database.space.isLow)
    try await database.write { [insert] in try $0.execute(insert, "sign-in") }
    await database.close()
  }
}
