import HTTP
import Store
import Testing

@testable import Appliance

/// The index while it is built, and searches meanwhile.
@Suite(.serialized) struct SearchIndexTests {
  private static func found(_ person: TestClient, _ query: String) async throws -> [String] {
    let answer = try await person.get("/api/chat/search?" + query)
    #expect(answer.status == 200, "\(query): \(answer.text)")
    return answer.json.array?.compactMap { $0["message"]?["id"]?.string } ?? []
  }

  /// As if the messages had been written before the index existed.
  private static func forgetIndex(_ database: Database) async throws {
    try await database.write { try $0.execute("UPDATE chat_indexed SET version = 0") }
  }

  /// Reads all pages of a search's result.
  private static func pages(_ person: TestClient, _ query: String, by limit: Int) async throws -> [String] {
    var (all, before) = ([String](), String(Int64.max))
    while true {
      let answer = try await person.get("/api/chat/search?\(query)&limit=\(limit)&before=\(before)")
      all += answer.json.array?.compactMap { $0["message"]?["id"]?.string } ?? []
      guard let next = answer.headers["x-next-before"] else { return all }
      before = next
    }
  }

  @Test func `an index of another version is ignored and built again from the newest message`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let ids = try await test.wrote(300, in: "1", by: "lea") { "heron \($0)" }
      try await test.index()
      try await Self.forgetIndex(test.appliance.database)
      #expect(try await Self.found(lea, "q=heron&limit=500").count == 300)
      // Messages changed meanwhile are not indexed yet.
      #expect(try await lea.send("PATCH", "/api/chat/messages/\(ids[5])", ["text": "egret"]).status == 200)
      #expect(try await lea.delete("/api/chat/messages/\(ids[6])").status == 200)
      #expect(try await test.appliance.database.write { try ChatSearch.advance(by: 10, in: $0) })
      let indexed = try await test.appliance.database.read { try ChatSearch.indexed(in: $0) }
      #expect(indexed == ChatSearch.Indexed(first: ids[290], last: ids[299]))
      try await test.checkIndex()
      #expect(try await Self.found(lea, "q=egret") == [String(ids[5])])
      try await test.index()
      #expect(try await Self.found(lea, "q=heron&limit=500").count == 298)
      try await test.checkIndex()
    }
  }

  @Test func `a search finds the same at every stage of indexing`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      // Many words start with "heron", so that they are not looked up one by one.
      let ids = try await test.wrote(700, in: "1", by: "lea") {
        $0 % 7 == 0 ? "a heron\($0) 上海" : "an egret\($0 % 3)"
      }
      let herons = ids.enumerated().filter { $0.offset % 7 == 0 }.reversed().map { String($0.element) }
      let egrets = ids.enumerated().filter { $0.offset % 7 != 0 && $0.offset % 3 == 1 }.reversed().map {
        String($0.element)
      }
      try await Self.forgetIndex(test.appliance.database)
      var isMore = true
      while isMore {
        for query in ["q=heron", "q=a+he", "q=%E6%B5%B7", "q=%E4%B8%8A%E6%B5%B7", "q=h"] {
          #expect(try await Self.pages(lea, query, by: 40) == herons, "\(query)")
        }
        #expect(try await Self.pages(lea, "q=egret1", by: 500) == egrets)
        #expect(try await Self.found(lea, "q=heron&before=\(ids[1])") == [String(ids[0])])
        isMore = try await test.appliance.database.write { try ChatSearch.advance(by: 150, in: $0) }
      }
      try await test.checkIndex()
    }
  }

  @Test func `after being killed, indexing continues where it was`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let ids = try await test.wrote(400, in: "1", by: "lea") { "heron \($0)" }
      try await Self.forgetIndex(test.appliance.database)
      for _ in 0..<2 {
        _ = try await test.appliance.database.write { try ChatSearch.advance(by: 50, in: $0) }
      }
      // A transaction that was interrupted has no effect.
      await #expect(throws: Killed.self) {
        try await test.appliance.database.write { tx in
          _ = try ChatSearch.advance(by: 50, in: tx)
          throw Killed()
        }
      }
      try await test.checkIndex()
      let indexed = try await test.appliance.database.read { try ChatSearch.indexed(in: $0) }
      #expect(indexed == ChatSearch.Indexed(first: ids[300], last: ids[399]))
      let again = try await test.restarted()
      let home = TestClient(port: again.port, token: lea.token, headers: lea.headers)
      #expect(try await Self.found(home, "q=heron&limit=500").count == 400)
      try await again.index(64)
      #expect(try await Self.found(home, "q=heron&limit=500").count == 400)
      try await again.checkIndex()
      await again.appliance.stop()
    }
  }

  private struct Killed: Error {}

  @Test func `the words of a deleted message are removed from the index`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.said("the password is walrus9", in: "1", by: lea)
      try await test.index()
      let sql = "SELECT count(*) FROM chat_search_words WHERE term = 'walrus9'"
      #expect(try await test.appliance.database.read { try $0.scalar(sql) } == 1)
      #expect(try await lea.delete("/api/chat/messages/\(id)").status == 200)
      #expect(try await test.appliance.database.read { try $0.scalar(sql) } == 0)
      #expect(try await Self.found(lea, "q=walr").isEmpty)
    }
  }
}
