import Glibc
import Store
import Testing

@Suite(.enabled(if: geteuid() == 0, "mounting needs root")) struct DiskFullTests {
  private let insert = "INSERT INTO notes (title) VALUES (?)"

  @Test func `a full disk refuses the write, keeps existing data, and recovers`()
    async throws
  {
    guard let disk = try SmallDisk() else { return }
    let database = try disk.folder.open()
    try await database.write { [insert] in try $0.execute(insert, "before") }
    disk.fill()
    let ran = Record<String>()
    let error = await refusal {
      try await database.write { [insert] transaction in
        transaction.afterCommit { ran.append("hook") }
        for number in 0..<500 {
          try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 400))
        }
      }
    }
    #expect(error?.code == .full)
    #expect(ran.all == [])
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 1)
    disk.free()
    try await database.write { [insert] in try $0.execute(insert, "after") }
    #expect(
      try await database.read { try $0.query("SELECT title FROM notes ORDER BY id") { $0.text(0) } } == [
        "before", "after",
      ])
    await database.close()
    let again = try disk.folder.open()
    #expect(try again.readNow { try $0.scalar("SELECT count(*) FROM notes") } == 2)
    await again.close()
  }

  @Test func `a write that fills the disk does not affect others of its group`() async throws {
    guard let disk = try SmallDisk() else { return }
    let database = try disk.folder.open()
    let gate = Gate()
    async let held: Void = database.write { $0.afterCommit { gate.pass() } }
    try await gate.reached()
    let small = database.ask { [insert] in try $0.execute(insert, "small") }
    let huge = database.ask { [insert] transaction in
      for number in 0..<2000 {
        try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 1000))
      }
    }
    let last = database.ask { [insert] in try $0.execute(insert, "last") }
    gate.open()
    try await held
    let codes = [await small.refusal()?.code, await huge.refusal()?.code, await last.refusal()?.code]
    #expect(codes == [nil, .full, nil])
    #expect(
      try await database.read { try $0.query("SELECT title FROM notes ORDER BY id") { $0.text(0) } } == [
        "small", "last",
      ])
    await database.close()
  }

  @Test func `a closure cannot continue after SQLite rolled back its transaction`() async throws {
    guard let disk = try SmallDisk() else { return }
    let database = try disk.folder.open()
    let error = await refusal {
      try await database.write { [insert] transaction in
        do {
          for number in 0..<2000 {
            try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 1000))
          }
        } catch {
          _ = try? transaction.execute(insert, "outside of any transaction")
        }
      }
    }
    #expect(error?.code == .full)
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 0)
    await database.close()
  }

  @Test func `a backup without space is refused and leaves nothing`() async throws {
    guard let disk = try SmallDisk() else { return }
    let folder = try Folder()
    let database = try folder.open()
    try await database.write { [insert] transaction in
      for number in 0..<1000 {
        try transaction.execute(insert, "\(number) " + String(repeating: "long ", count: 1000))
      }
    }
    let error = await refusal { try await database.backup(to: disk.folder.path + "/backup.db") }
    #expect(error?.code == .full)
    #expect(disk.folder.names == [])
    await database.close()
  }
}
