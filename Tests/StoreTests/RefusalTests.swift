import Store
import Testing

@Suite struct RefusalTests {
  private let folder: Folder
  private let database: Database

  init() throws {
    folder = try Folder()
    database = try folder.open()
  }

  @Test(arguments: [
    "INSERT INTO notes (title) VALUES ('a')", "CREATE TABLE other (id INTEGER)",
    "DELETE FROM notes", "PRAGMA query_only = OFF", "PRAGMA journal_mode = DELETE",
  ])
  func `a reader cannot change anything`(sql: String) async throws {
    let error = await refusal { try await database.read { try $0.execute(sql) } }
    #expect(error?.code == .misuse)
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 0)
  }

  @Test(arguments: [
    "COMMIT", "ROLLBACK", "BEGIN", "SAVEPOINT closure", "RELEASE closure", "ROLLBACK TO closure",
    "ATTACH ':memory:' AS other", "PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF",
    "PRAGMA defer_foreign_keys = ON", "/* why */ commit", "VACUUM INTO '/tmp/never.db'",
  ])
  func `a closure cannot end its transaction or change settings`(sql: String) async throws {
    let error = await refusal {
      try await database.write { transaction in
        try transaction.execute("INSERT INTO notes (title) VALUES ('undone')")
        try transaction.execute(sql)
      }
    }
    #expect(error != nil)
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 0)
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('kept')") }
  }

  @Test func `a wrong number of arguments is refused`() async {
    for arguments: [any Bindable] in [[], ["a", 1]] {
      let error = await refusal {
        try await database.write { [arguments = arguments.map(\.value)] in
          try $0.execute("INSERT INTO notes (title) VALUES (?)", arguments: arguments)
        }
      }
      #expect(error?.code == .misuse)
    }
  }

  @Test func `two statements at once are refused`() async {
    let error = await refusal { try await database.read { try $0.scalar("SELECT 1; SELECT 2") } }
    #expect(error?.code == .misuse)
  }

  @Test(arguments: ["", " ", "-- nothing", ";"])
  func `empty SQL is refused`(sql: String) async {
    let error = await refusal { try await database.read { try $0.scalar(sql) } }
    #expect(error?.code == .misuse)
  }

  @Test func `one statement may end with a semicolon and a comment`() async throws {
    #expect(try await database.read { try $0.scalar("SELECT 1; -- that is all") } == 1)
  }

  @Test func `a missing column is refused and named`() async {
    let byName = await refusal {
      try await database.read { try $0.query("SELECT 1 AS one") { $0.int("two") } }
    }
    #expect(byName?.code == .misuse)
    #expect(byName?.message.contains("two") == true)
    let byIndex = await refusal { try await database.read { try $0.query("SELECT 1") { $0.int(1) } } }
    #expect(byIndex?.code == .misuse)
    let negative = await refusal { try await database.read { try $0.query("SELECT 1") { $0.text(-1) } } }
    #expect(negative?.code == .misuse)
  }

  @Test func `an invalid statement is reported with its position`() async {
    let error = await refusal { try await database.read { try $0.scalar("SELECT nothing FROM notes") } }
    #expect(error?.message.contains("nothing") == true)
    #expect(error?.sql == "SELECT nothing FROM notes")
  }

  @Test func `a word in double quotes is not a string`() async {
    let error = await refusal { try await database.read { try $0.scalar("SELECT \"nothing\"") } }
    #expect(error?.message.contains("nothing") == true)
  }

  @Test func `an error never contains bound values`() async throws {
    let secret = "s3cret \""
    try await database.write { try $0.executeScript("CREATE VIRTUAL TABLE words USING fts5 (word)") }
    let error = await refusal {
      try await database.read { try $0.scalar("SELECT count(*) FROM words WHERE words MATCH ?", secret) }
    }
    #expect(error != nil)
    #expect(error?.description.contains("s3cret") == false)
    let json = await refusal {
      try await database.read { try $0.scalar("SELECT json_extract('{}', ?)", secret) }
    }
    #expect(json != nil)
    #expect(json?.description.contains("s3cret") == false)
  }

  @Test func `a nested read is refused`() async throws {
    let database = database
    let inWrite = await refusal { try await database.write { _ in try database.readNow { _ in } } }
    #expect(inWrite?.code == .misuse)
    let inRead = await refusal { try await database.read { _ in try database.readNow { _ in } } }
    #expect(inRead?.code == .misuse)
    let inReadNow = await refusal { try database.readNow { _ in try database.readNow { _ in } } }
    #expect(inReadNow?.code == .misuse)
  }

  @Test func `a connection kept beyond its closure throws`() throws {
    var kept: Connection?
    try database.readNow { kept = $0 }
    let connection = try #require(kept)
    #expect(throws: StoreError.self) { try connection.scalar("SELECT 1") }
  }

  @Test func `a constraint violation has its own code and names columns, not values`() async throws {
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES (?)", "secret") }
    let rules: [(String, StoreError.Code)] = [
      ("INSERT INTO notes (title) VALUES ('secret')", .constraintUnique),
      ("INSERT INTO notes (id, title) VALUES (1, 'b')", .constraintUnique),
      ("INSERT INTO notes (title, parent) VALUES ('c', 99)", .constraintForeignKey),
      ("INSERT INTO notes (title, size) VALUES ('d', -1)", .constraint),
      ("INSERT INTO notes (title) VALUES (NULL)", .constraint),
      ("INSERT INTO notes (title, size) VALUES ('e', 'big')", .constraint),
    ]
    for (sql, code) in rules {
      let error = await refusal { try await database.write { try $0.execute(sql) } }
      #expect(error?.code == code, "\(sql)")
      #expect(error?.message.contains("secret") == false)
    }
    let error = await refusal {
      try await database.write { try $0.execute("INSERT INTO notes (title) VALUES (?)", "secret") }
    }
    #expect(error?.constraint == "notes.title")
    #expect(error?.description.contains("secret") == false)
  }

  @Test func `work beyond the queue's limit is refused as overloaded`() async throws {
    let gate = Gate()
    let database = database
    let held = database.ask { _ in gate.pass() }
    try await gate.reached()
    let waiting = (0..<4096).map { _ in database.ask { _ in } }
    for _ in 0..<4 {
      #expect(await refusal { try await database.write { _ in } }?.code == .overloaded)
    }
    gate.open()
    #expect(await held.refusal() == nil)
    for write in waiting { #expect(await write.refusal() == nil) }
  }
}
