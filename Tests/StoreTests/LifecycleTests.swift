import Glibc
import Store
import TestSupport
import Testing

@Suite struct LifecycleTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test func `a closed database refuses everything`() async throws {
    let database = try folder.open()
    await database.close()
    #expect(await refusal { try await database.read { _ in } }?.code == .closed)
    #expect(await refusal { try await database.write { _ in } }?.code == .closed)
    #expect(await refusal { try database.readNow { _ in } }?.code == .closed)
    #expect(await refusal { try await database.backup(to: folder.path + "/backup.db") }?.code == .closed)
    await database.close()
  }

  @Test func `closing finishes waiting work and leaves the database and the lock file`() async throws {
    let database = try folder.open()
    let gate = Gate()
    async let held: Void = database.write { _ in gate.pass() }
    try await gate.reached()
    let asked = (0..<50).map { number in
      database.ask { try $0.execute("INSERT INTO notes (title) VALUES (?)", "\(number)") }
    }
    async let closed: Void = database.close()
    async let closedTwice: Void = database.close()
    gate.open()
    for write in asked { #expect(await write.refusal() == nil) }
    await closed
    await closedTwice
    try await held
    #expect(folder.names == ["box.db", "box.db.lock"])
    let again = try folder.open()
    #expect(try again.readNow { try $0.scalar("SELECT count(*) FROM notes") } == 50)
    await again.close()
  }

  @Test func `a database that nobody closed releases its file`() async throws {
    do {
      let database = try folder.open()
      try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('a')") }
    }
    let log = Record<String>()
    let folder = folder
    let reopened = Record<Database>()
    let watch = FolderWatch(folder.path)
    _ = await watch.changes.wait {
      if let database = try? folder.open(log: log) { reopened.append(database) }
      return !reopened.all.isEmpty
    }
    #expect(log.all.contains { $0.contains("not clean") })
    await reopened.all.first?.close()
  }

  @Test func `a backup made during writes is a complete file`() async throws {
    let database = try folder.open()
    try await database.write { transaction in
      for number in 0..<3000 {
        try transaction.execute(
          "INSERT INTO notes (title, size) VALUES (?, 0)",
          "\(number) " + String(repeating: "long ", count: 100))
      }
    }
    let path = folder.path + "/backup.db"
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for size in 1...50 { try await database.write { try $0.execute("UPDATE notes SET size = ?", size) } }
      }
      group.addTask { try await database.backup(to: path) }
      try await group.waitForAll()
    }
    await database.close()
    #expect(folder.names == ["backup.db", "box.db", "box.db.lock"])
    let copy = try Database.open(path: path, migrations: [notes], clock: { 0 }, log: { _ in })
    #expect(try copy.readNow { try $0.scalar("SELECT count(*) FROM notes") } == 3000)
    #expect(try copy.readNow { try $0.scalar("SELECT count(DISTINCT size) FROM notes") } == 1)
    await copy.close()
    unlink(path)
    unlink(path + ".lock")
  }

  @Test func `a backup onto the database itself is refused`() async throws {
    let database = try folder.open()
    let error = await refusal { try await database.backup(to: folder.path + "/./box.db") }
    #expect(error?.code == .misuse)
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('a')") }
    await database.close()
  }

  @Test func `a backup replaces an older one`() async throws {
    let database = try folder.open()
    let path = folder.path + "/backup.db"
    for title in ["first", "second"] {
      try await database.write { try $0.execute("INSERT INTO notes (title) VALUES (?)", title) }
      try await database.backup(to: path)
    }
    await database.close()
    let copy = try Database.open(path: path, migrations: [notes], clock: { 0 }, log: { _ in })
    #expect(try copy.readNow { try $0.scalar("SELECT count(*) FROM notes") } == 2)
    await copy.close()
  }

  @Test func `the log is copied into the file in the background`() async throws {
    let database = try folder.open()
    let text = String(repeating: "long ", count: 800)
    try await database.write { transaction in
      for number in 0..<1200 {
        try transaction.execute("INSERT INTO notes (title) VALUES (?)", "\(number) \(text)")
      }
    }
    let path = folder.database
    let watch = FolderWatch(folder.path)
    let isMoved = await watch.changes.wait {
      var file = stat()
      stat(path, &file)
      return file.st_size > 4 << 20
    }
    #expect(isMoved)
    await database.close()
  }

  @Test func `the log stays bounded under steady writing`() async throws {
    let database = try folder.open()
    let text = String(repeating: "long ", count: 1000)
    for number in 0..<60 {
      try await database.write { transaction in
        for part in 0..<100 {
          try transaction.execute("INSERT INTO notes (title) VALUES (?)", "\(number) \(part) \(text)")
        }
      }
    }
    var log = stat()
    var file = stat()
    stat(folder.database + "-wal", &log)
    stat(folder.database, &file)
    #expect(file.st_size > 10 << 20)
    #expect(log.st_size < 48 << 20)
    await database.close()
  }

  @Test func `statistics count commits, writes and reads`() async throws {
    let database = try folder.open()
    try await database.write { _ in }
    _ = await refusal { try await database.write { _ in throw StoreError(.other(0), "no") } }
    try await database.read { _ in }
    let statistics = database.statistics
    #expect(statistics.commits == 2)
    #expect(statistics.writes == 2)
    #expect(statistics.reads == 1)
    #expect(statistics.waitingWrites == 0 && statistics.waitingReads == 0)
    await database.close()
  }
}
