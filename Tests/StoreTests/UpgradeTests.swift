import Glibc
import Store
import Testing

/// An existing database is migrated on a copy: it is either as before or complete.
@Suite struct UpgradeTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private static let broken = Migration(2, "halfway", sql: "DELETE FROM notes; SELECT nothing FROM nowhere")

  /// A database of the version before, cleanly closed.
  private func prepare(rows: Int = 10) async throws {
    let database = try folder.open()
    try await database.write { transaction in
      for number in 0..<rows { try transaction.execute("INSERT INTO notes (title) VALUES (?)", "\(number)") }
    }
    await database.close()
  }

  @Test func `a newer database is refused, unchanged, with what to do`() async throws {
    await (try folder.open(migrations: [notes, marks])).close()
    let before = content(of: folder.database)
    let error = await refusal { try folder.open() }
    #expect(error?.code == .newer)
    #expect(error?.message.contains("Install the newer version again") == true)
    #expect(content(of: folder.database) == before)
  }

  @Test func `a failing migration leaves the old file as it is, and says so`() async throws {
    try await prepare()
    let before = content(of: folder.database)
    let error = await refusal { try folder.open(migrations: [notes, Self.broken]) }
    #expect(error?.message.contains("migration 2 halfway") == true)
    #expect(error?.message.contains("is unchanged") == true)
    #expect(error?.message.contains("version installed before still works") == true)
    #expect(content(of: folder.database) == before)
    #expect(folder.names == ["box.db", "box.db.lock"])
    #expect(try await titles(in: folder, migrations: [notes]) == 10)
  }

  @Test func `a migration that violates a foreign key leaves the old file as it is`() async throws {
    try await prepare()
    let before = content(of: folder.database)
    let orphan = Migration(2, "orphan", sql: "INSERT INTO notes (title, parent) VALUES ('orphan', 99)")
    let error = await refusal { try folder.open(migrations: [notes, orphan]) }
    #expect(error?.code == .constraintForeignKey && error?.message.contains("2 orphan") == true)
    #expect(content(of: folder.database) == before)
  }

  @Test func `a damaged database is not migrated`() async throws {
    try await prepare(rows: 4000)
    let file = open(folder.database, O_WRONLY)
    let rubbish = [UInt8](repeating: 0xAA, count: 4096)
    for page in 10..<14 { pwrite(file, rubbish, rubbish.count, page * 4096) }
    close(file)
    let before = content(of: folder.database)
    let error = await refusal { try folder.open(migrations: [notes, marks]) }
    #expect(error?.code == .corrupt && error?.message.contains("restore") == true)
    #expect(content(of: folder.database) == before)
    #expect(folder.names == ["box.db", "box.db.lock"])
  }

  @Test func `an upgrade keeps the old database complete beside the new one`() async throws {
    try await prepare()
    let log = Record<String>()
    let steps = Record<UpgradeStep>()
    let database = try folder.open(migrations: [notes, marks], log: log, upgrading: { steps.append($0) })
    #expect(steps.all == UpgradeStep.allCases)
    #expect(log.all.contains { $0.contains("migrations 2 to 2 applied") && $0.contains("box.db.before-2") })
    #expect(try database.readNow { try $0.scalar("SELECT count(*) FROM marks") } == 10)
    await database.close()
    #expect(folder.names == ["box.db", "box.db.before-2", "box.db.lock"])
    // Going back: the old file takes its former name.
    rename(folder.database + ".before-2", folder.database)
    #expect(try await titles(in: folder, migrations: [notes]) == 10)
  }

  @Test func `the old database is deleted after a week, or by the next upgrade`() async throws {
    try await prepare()
    let now = Int64(time(nil)) * 1000
    let day: Int64 = 24 * 3600 * 1000
    let database = try folder.open(migrations: [notes, marks])
    database.forgetFormer(now: now + 6 * day)
    #expect(folder.names.contains("box.db.before-2"))
    database.forgetFormer(now: now + 8 * day)
    #expect(!folder.names.contains("box.db.before-2"))
    await database.close()
    let third = Migration(3, "third", sql: "CREATE TABLE third (id INTEGER PRIMARY KEY) STRICT")
    let fourth = Migration(4, "fourth", sql: "CREATE TABLE fourth (id INTEGER PRIMARY KEY) STRICT")
    await (try folder.open(migrations: [notes, marks, third])).close()
    await (try folder.open(migrations: [notes, marks, third, fourth])).close()
    #expect(folder.names == ["box.db", "box.db.before-4", "box.db.lock"])
  }

  @Test func `a symbolic link still leads to the database afterwards`() async throws {
    let elsewhere = try Folder()
    symlink(elsewhere.path + "/real.db", folder.database)
    try await prepare()
    #expect(try await titles(in: folder, migrations: [notes, marks]) == 10)
    #expect(elsewhere.names == ["real.db", "real.db.before-2"])
    #expect(folder.names == ["box.db", "box.db.lock"])
  }

  @Test func `a new database takes all migrations or none`() async throws {
    #expect(await refusal { try folder.open(migrations: [notes, Self.broken]) } != nil)
    let other = Migration(1, "other", sql: "CREATE TABLE other (id INTEGER PRIMARY KEY) STRICT")
    let database = try folder.open(migrations: [other])
    #expect(
      try database.readNow { try $0.scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'notes'") } == 0)
    await database.close()
    #expect(folder.names == ["box.db", "box.db.lock"])
  }
}
