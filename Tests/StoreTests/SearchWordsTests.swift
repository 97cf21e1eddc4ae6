import Store
import Testing

@Suite struct SearchWordsTests {
  @Test func `an existing index is cleared, and every message is missing from it`() async throws {
    let folder = try Folder()
    let old = try folder.open(migrations: Migration.all.filter { $0.number < 31 })
    try await old.write { tx in
      for text in ["old words", "上海"] {
        try tx.execute("INSERT INTO chat_messages (channel_id, text, created_at) VALUES (1, ?, 1)", text)
        try tx.execute("INSERT INTO chat_search (rowid, text) VALUES (?, ?)", tx.lastInsertedID, text)
      }
      try tx.execute("UPDATE chat_indexed SET last_id = 2")
    }
    await old.close()
    let new = try folder.open(migrations: Migration.all)
    let range = try await new.read {
      try $0.first("SELECT first_id, last_id, version FROM chat_indexed") {
        [$0.int(0), $0.int(1), $0.int(2)]
      }
    }
    #expect(range == [3, 2, 1])
    #expect(try await new.read { try $0.scalar("SELECT count(*) FROM chat_search_words") } == 0)
    #expect(try await new.read { try $0.scalar("SELECT count(*) FROM chat_messages") } == 2)
    await new.close()
  }

  @Test func `a new database has an empty index`() async throws {
    let folder = try Folder()
    let new = try folder.open(migrations: Migration.all)
    let range = try await new.read {
      try $0.first("SELECT first_id, last_id FROM chat_indexed") { [$0.int(0), $0.int(1)] }
    }
    #expect(range == [1, 0])
    await new.close()
  }
}
