import Store
import Testing

/// Several writes in one commit.
@Suite struct GroupTests {
  private let folder: Folder
  private let database: Database

  init() throws {
    folder = try Folder()
    database = try folder.open()
  }

  /// Runs all `bodies` in one commit: the writer is held in a hook until all are queued. On a slow machine
  /// they may need several commits.
  private func together(_ bodies: [@Sendable (Transaction) throws -> Void]) async throws -> [StoreError?] {
    let gate = Gate()
    let database = database
    let before = database.statistics.commits
    async let first: Void = database.write { $0.afterCommit { gate.pass() } }
    try await gate.reached()
    let asked = bodies.map(database.ask)
    #expect(database.statistics.waitingWrites == bodies.count)
    gate.open()
    var errors: [StoreError?] = []
    for write in asked { errors.append(await write.refusal()) }
    try await first
    #expect((before + 2...before + 1 + bodies.count).contains(database.statistics.commits))
    return errors
  }

  private func titles() async throws -> [String] {
    try await database.read { try $0.query("SELECT title FROM notes ORDER BY id") { $0.text(0) } }
  }

  @Test func `an error of one closure does not affect the others of its group`() async throws {
    let errors = try await together([
      { try $0.execute("INSERT INTO notes (title) VALUES ('before')") },
      {
        try $0.execute("INSERT INTO notes (title) VALUES ('undone')")
        throw StoreError(.other(0), "changed its mind")
      },
      { try $0.execute("INSERT INTO notes (title) VALUES ('before')") },
      { try $0.execute("INSERT INTO notes (title) VALUES ('after')") },
    ])
    #expect(errors.map(\.?.code) == [nil, .other(0), .constraintUnique, nil])
    #expect(try await titles() == ["before", "after"])
  }

  @Test func `a deferred foreign key violation refuses only its own closure`() async throws {
    let errors = try await together([
      { try $0.execute("INSERT INTO notes (title) VALUES ('before')") },
      { try $0.execute("INSERT INTO notes (title, later) VALUES ('orphan', 99)") },
      {
        try $0.execute("INSERT INTO notes (title, later) VALUES ('child', 50)")
        try $0.execute("INSERT INTO notes (id, title) VALUES (50, 'parent')")
      },
    ])
    #expect(errors.map(\.?.code) == [nil, .constraintForeignKey, nil])
    #expect(try await titles() == ["before", "child", "parent"])
  }

  @Test func `a closure sees the writes of earlier ones in its group`() async throws {
    let seen = Record<Int64?>()
    _ = try await together([
      { try $0.execute("INSERT INTO notes (title) VALUES ('a')") },
      { seen.append(try $0.scalar("SELECT count(*) FROM notes")) },
    ])
    #expect(seen.all == [1])
  }

  @Test func `hooks run for committed and never for undone transactions`() async throws {
    let ran = Record<String>()
    _ = try await together([
      { $0.afterCommit { ran.append("first") } },
      {
        $0.afterCommit { ran.append("undone") }
        throw StoreError(.other(0), "changed its mind")
      },
      {
        $0.afterCommit { ran.append("second") }
        $0.afterCommit { ran.append("third") }
      },
      {
        $0.afterCommit { ran.append("orphan") }
        try $0.execute("INSERT INTO notes (title, later) VALUES ('orphan', 99)")
      },
    ])
    #expect(ran.all == ["first", "second", "third"])
  }

  @Test func `a hook sees its row committed, and the caller is answered after the hook`() async throws {
    let counts = Record<Int64?>()
    let gate = Gate()
    let database = database
    async let answered: Void = {
      try await database.write { transaction in
        try transaction.execute("INSERT INTO notes (title) VALUES ('a')")
        transaction.afterCommit {
          gate.pass()
          counts.append(-1)
        }
      }
      counts.append(-2)
    }()
    try await gate.reached()
    // The writer is in the hook: readers see the row while the caller still waits.
    counts.append(try await database.read { try $0.scalar("SELECT count(*) FROM notes") })
    gate.open()
    try await answered
    #expect(counts.all == [1, -1, -2])
  }

  @Test func `nothing is visible to readers before the commit`() async throws {
    let gate = Gate()
    let database = database
    async let written: Void = database.write { transaction in
      try transaction.execute("INSERT INTO notes (title) VALUES ('a')")
      gate.pass()
    }
    try await gate.reached()
    #expect(try await titles() == [])
    gate.open()
    try await written
    #expect(try await titles() == ["a"])
  }

  @Test func `the time is constant within a transaction`() async throws {
    let folder = try Folder()
    let ticks = Record<Int>()
    let database = try folder.open(clock: {
      ticks.append(1)
      return Int64(ticks.all.count) * 1000
    })
    let (first, second) = try await database.write { ($0.now, $0.now) }
    #expect(first == second)
    #expect(try await database.write { $0.now } > first)
    await database.close()
  }
}
