import Store
import Testing

@Suite struct RowTests {
  private let folder: Folder
  private let database: Database

  init() throws {
    folder = try Folder()
    database = try folder.open()
  }

  @Test func `NULL reads as an empty value, or as nil by optional accessors`() throws {
    try database.readNow { connection in
      try connection.forEach("SELECT NULL AS n") { row in
        #expect(row.isNull(0) && row.isNull("n"))
        #expect(row.int(0) == 0 && row.int64("n") == 0 && !row.bool(0) && row.double(0) == 0)
        #expect(row.text(0) == "" && row.blob("n") == [] && row.value(0) == .null)
        #expect(row.optionalInt(0) == nil && row.optionalInt64(0) == nil && row.optionalDouble(0) == nil)
        #expect(row.optionalText("n") == nil && row.optionalBlob("n") == nil && row.optionalBool("n") == nil)
        row.withText(0) { #expect($0.isEmpty) }
      }
    }
  }

  @Test(arguments: [
    Value.null, .integer(.max), .integer(.min), .real(0.1), .text(""), .text("élève 🎓\0 after a zero"),
    .blob([]),
    .blob([0, 255, 0]), .text(String(repeating: "long ", count: 10_000)),
  ])
  func `a value is read back unchanged`(value: Value) throws {
    let back = try database.readNow { try $0.first("SELECT ?", value) { $0.value(0) } }
    #expect(back == value)
  }

  @Test func `each kind of argument is bound`() throws {
    let none: Int? = nil
    let some: Int? = 7
    let back = try database.readNow { connection in
      try connection.first(
        "SELECT ?, ?, ?, ?, ?, ?, ?, ?", 1, Int64(2), true, 0.5, "text", [UInt8(9)], none, some
      ) { row in
        (0..<row.columnCount).map { row.value($0) }
      }
    }
    #expect(
      back == [
        .integer(1), .integer(2), .integer(1), .real(0.5), .text("text"), .blob([9]), .null, .integer(7),
      ])
  }

  @Test func `columns are found by name in any order`() throws {
    let rows = try database.readNow { connection in
      try connection.query("WITH t (a, b, c) AS (VALUES (1, 2, 3), (4, 5, 6), (7, 8, 9)) SELECT * FROM t") {
        row in
        row.int("a") == 4
          ? [row.int("c"), row.int("a"), row.int("b"), row.int("a")]
          : [row.int("b"), row.int("c"), row.int("a")]
      }
    }
    #expect(rows == [[2, 3, 1], [6, 4, 5, 4], [8, 9, 7]])
  }

  @Test func `names are looked up while rows are read`() async throws {
    try await database.write { transaction in
      try transaction.executeScript("CREATE VIRTUAL TABLE words USING fts5 (word)")
      try transaction.execute("INSERT INTO words VALUES (?), (?)", "machine", "lease")
    }
    let found = try await database.read { connection in
      try connection.query("SELECT word FROM words WHERE words MATCH ?", "lea*") { $0.text(0) }
    }
    #expect(found == ["lease"])
  }

  @Test func `text is passed without a copy`() throws {
    let bytes = try database.readNow { try $0.first("SELECT 'é'") { row in row.withText(0) { Array($0) } } }
    #expect(bytes == [0xc3, 0xa9])
  }

  @Test func `a statement can be nested in itself`() throws {
    let pairs = try database.readNow { connection in
      let numbers = "SELECT value FROM (SELECT 1 AS value UNION SELECT 2)"
      return try connection.query(numbers) { outer in
        try connection.query(numbers) { outer.int(0) * 10 + $0.int(0) }
      }
    }
    #expect(pairs == [[11, 12], [21, 22]])
  }

  @Test func `more statements than the cache holds still work`() throws {
    try database.readNow { connection in
      for round in 0..<2 {
        for number in 0..<200 {
          let sum = try connection.scalar("SELECT \(number) + ?", round)
          #expect(sum == Int64(number + round))
        }
      }
    }
  }

  @Test func `an error in a row closure is rethrown, and the statement stays usable`() throws {
    struct Enough: Error {}
    try database.readNow { connection in
      #expect(throws: Enough.self) {
        try connection.forEach("SELECT 1 UNION SELECT 2") { _ in throw Enough() }
      }
      let rows = try connection.query("SELECT 1 UNION SELECT 2") { $0.int(0) }
      #expect(rows == [1, 2])
    }
  }

  @Test func `a change returns the number of rows and the new id`() async throws {
    try await database.write { transaction in
      #expect(try transaction.execute("INSERT INTO notes (title) VALUES ('a'), ('b'), ('c')") == 3)
      #expect(transaction.lastInsertedID == 3)
      #expect(try transaction.execute("UPDATE notes SET size = 1 WHERE title > ?", "a") == 2)
      #expect(try transaction.execute("DELETE FROM notes WHERE title = 'z'") == 0)
      #expect(try transaction.execute("CREATE TABLE other (id INTEGER)") == 0)
      let id = try transaction.first("INSERT INTO notes (title) VALUES ('d') RETURNING id") { $0.int(0) }
      #expect(id == 4)
    }
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 4)
  }

  @Test func `one read closure sees one snapshot`() async throws {
    let gate = Gate()
    let database = database
    async let counts = database.read { connection in
      let before = try connection.scalar("SELECT count(*) FROM notes")
      gate.pass()
      return [before, try connection.scalar("SELECT count(*) FROM notes")]
    }
    try await gate.reached()
    try await database.write { try $0.execute("INSERT INTO notes (title) VALUES ('a')") }
    gate.open()
    #expect(try await counts == [0, 0])
    #expect(try await database.read { try $0.scalar("SELECT count(*) FROM notes") } == 1)
  }
}
