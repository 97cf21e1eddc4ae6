import Glibc
import Store
import Testing

@Suite struct OpeningTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  @Test func `opening the database twice reports the process that has it`() async throws {
    let database = try folder.open()
    let error = await refusal { try folder.open() }
    #expect(error?.code == .locked(getpid()))
    #expect(error?.message.contains("\(getpid())") == true)
    await database.close()
    let again = try folder.open()
    await again.close()
  }

  @Test func `another process is refused and told who has it`() async throws {
    let database = try folder.open()
    let path = folder.database
    let holder = getpid()
    await #expect(processExitsWith: .exitCode(7)) { [path = path as String, holder = holder as Int32] in
      let error = await refusal {
        try Database.open(path: path, migrations: [], clock: { 0 }, log: { _ in })
      }
      exit(error?.code == .locked(holder) && getpid() != holder ? 7 : 1)
    }
    await database.close()
  }

  @Test func `a database of a newer program is refused and left unchanged`() async throws {
    let newer = Migration(2, "more", sql: "CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT")
    await (try folder.open(migrations: [notes, newer])).close()
    let error = await refusal { try folder.open(migrations: [notes]) }
    #expect(error?.code == .newer)
    await (try folder.open(migrations: [notes, newer])).close()
  }

  @Test func `reordered, renamed and inserted migrations are refused`() async throws {
    let second = Migration(2, "second", sql: "SELECT 1")
    let lists = [
      [second, notes], [notes, Migration(1, "again", sql: "SELECT 1")],
      [Migration(1, "renamed", sql: ""), second],
      [Migration(0, "slipped in", sql: "SELECT 1"), notes, second],
    ]
    await (try folder.open(migrations: [notes, second])).close()
    for list in lists {
      #expect(await refusal { try folder.open(migrations: list) }?.code == .misuse)
    }
  }

  @Test func `a failing migration is undone, named, and retried at the next start`() async throws {
    let broken = Migration(2, "halfway", sql: "CREATE TABLE half (id INTEGER); SELECT nothing FROM nowhere")
    let error = await refusal { try folder.open(migrations: [notes, broken]) }
    #expect(error?.message.contains("2 halfway") == true)
    let mended = Migration(2, "halfway", sql: "CREATE TABLE half (id INTEGER)")
    let database = try folder.open(migrations: [notes, mended])
    #expect(try database.readNow { try $0.scalar("SELECT count(*) FROM schema_migrations") } == 2)
    await database.close()
  }

  @Test func `a migration that violates a foreign key is undone`() async throws {
    let orphan = Migration(2, "orphan", sql: "INSERT INTO notes (title, parent) VALUES ('orphan', 99)")
    #expect(await refusal { try folder.open(migrations: [notes, orphan]) }?.code == .constraintForeignKey)
  }

  @Test func `a migration can rebuild a table without losing rows that refer to it`() async throws {
    let rebuild = Migration(2, "rebuild") { transaction in
      try transaction.execute("INSERT INTO notes (id, title) VALUES (?, ?)", 1, "parent")
      try transaction.executeScript(
        """
        CREATE TABLE links (note INTEGER NOT NULL REFERENCES notes (id) ON DELETE CASCADE) STRICT;
        INSERT INTO links VALUES (1);
        CREATE TABLE new_notes (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT;
        INSERT INTO new_notes SELECT id, title FROM notes;
        DROP TABLE notes;
        ALTER TABLE new_notes RENAME TO notes;
        """)
    }
    let database = try folder.open(migrations: [notes, rebuild])
    #expect(try database.readNow { try $0.scalar("SELECT count(*) FROM links") } == 1)
    let error = await refusal { try await database.write { try $0.execute("INSERT INTO links VALUES (99)") } }
    #expect(error?.code == .constraintForeignKey)
    await database.close()
  }

  @Test func `migrations are applied once`() async throws {
    let runs = Record<Int>()
    let counted = Migration(2, "counted") { _ in runs.append(1) }
    for _ in 0..<2 { await (try folder.open(migrations: [notes, counted])).close() }
    #expect(runs.all == [1])
  }

  @Test func `a file that is not a database is refused`() async throws {
    let file = open(folder.database, O_WRONLY | O_CREAT, 0o600)
    let text = Array(String(repeating: "This is a letter. ", count: 100).utf8)
    write(file, text, text.count)
    close(file)
    #expect(await refusal { try folder.open() }?.code == .corrupt)
  }

  @Test func `a missing folder is named`() async throws {
    let error = await refusal {
      try Database.open(path: "/nowhere/at/all.db", migrations: [], clock: { 0 }, log: { _ in })
    }
    #expect(error?.message.contains("/nowhere/at/all.db") == true)
  }

  @Test func `the files are accessible to their owner only`() async throws {
    let database = try folder.open()
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('a')") }
    for name in folder.names {
      var status = stat()
      stat(folder.path + "/" + name, &status)
      #expect(status.st_mode & 0o777 == 0o600, "\(name)")
    }
    await database.close()
  }
}
