import HTTP
import Testing

@testable import Appliance

@Suite struct SearchTests {
  @Test(arguments: [
    ("", nil as String?), ("   ", nil), ("!!! ??", nil), ("🎉", nil), ("\u{0}", nil),
    ("\u{301}\u{200B}", nil), ("\"\"\"", nil),
    ("hello", "\"hello\"*"), ("  two words ", "\"two\" AND \"words\"*"), ("a\"b", "\"a b\"*"),
    ("\"\u{301}a", "\"a\"*"), ("a\"\u{301}b\u{301}", "\"a b\"*"), ("\"\u{94D}", "\"\u{94D}\"*"),
    ("NOT (x OR", "\"not\" AND \"x\" AND \"or\"*"), ("text:x*", "\"text x\"*"),
    ("a\u{0}b", "\"a\" AND \"b\"*"),
    ("a\r\nb\u{85}c", "\"a\" AND \"b\" AND \"c\"*"), ("NEAR(a b, 2)", "\"near a\" AND \"b\" AND \"2\"*"),
    ("été", "\"ete\"*"), ("上海", "\"上 海\""), ("iPhone手机 ok", "\"iphone 手 机\" AND \"ok\"*"),
  ])
  func `query text is not interpreted as syntax`(text: String, expression: String?) {
    #expect(SearchWords(text)?.expression(endings: nil) == expression)
  }

  @Test func `the last word matches as a prefix`() {
    #expect(
      SearchWords("tres a-mach")?.expression(endings: ["mach", "machine"])
        == "\"tres\" AND (\"a mach\" OR \"a machine\")")
  }

  @Test func `a very long query is truncated`() {
    let words = SearchWords(String(repeating: "a ", count: 5000))
    #expect(words?.expression(endings: nil).count ?? 0 < 200)
    for text in ["上", "ก\u{E49}", "\"", "a\u{301}", "*"] {
      let many = SearchWords(String(repeating: text, count: 1_000_000 / text.utf8.count))
      #expect(many?.phrases.joined().count ?? 0 <= 64)
      #expect(many?.expression(endings: nil).utf8.count ?? 0 < 1000)
    }
  }

  private static func found(_ person: TestClient, _ query: String) async throws -> [String] {
    let answer = try await person.get("/api/chat/search?" + query)
    #expect(answer.status == 200, "\(query): \(answer.text)")
    return answer.json.array?.compactMap { $0["message"]?["text"]?.string } ?? []
  }

  @Test func `no query is an error`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.said("say \"hello\" (or not) to a*b, text:x", in: "1", by: lea)
      for text in [
        "%22", "%22hello", "hello%22", "(", ")", "AND", "NOT", "hello+AND", "hello+NOT", "NEAR(a+b)", "*",
        "a*b",
        "^hello", "-hello", "text:hello", "{a}", "a%00b", "%27", ";--", "%F0%9F%8E%89", "%FF", "+",
        "hello+%22+(",
      ] {
        #expect(try await lea.get("/api/chat/search?q=\(text)").status == 200, "\(text)")
      }
      #expect(try await Self.found(lea, "q=%22hello").count == 1)
      #expect(try await lea.get("/api/chat/search?q=x&channel=abc").status == 400)
      #expect(try await lea.get("/api/chat/search?q=x&channel=999").code == "CHANNEL_NOT_FOUND")
      #expect(try await lea.get("/api/chat/search").text == "[]")
    }
  }

  @Test func `only readable messages are found, with their current text`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let boss = try await test.person("boss", role: .admin)
      let secret = try await test.made("private", "hush", by: lea, with: ["sam"])
      let pair = try await test.made("direct", by: lea, with: ["sam"])
      let open = try await test.made("public", "open", by: lea)
      try await test.said("pelican in private", in: secret, by: lea)
      try await test.said("pelican between us", in: pair, by: lea)
      try await test.said("pelican for all", in: open, by: sam)
      #expect(try await Self.found(sam, "q=pelican").count == 3)
      #expect(try await Self.found(boss, "q=pelican") == ["pelican for all"])
      #expect(try await boss.get("/api/chat/search?q=pelican&channel=\(secret)").status == 404)
      #expect(try await Self.found(sam, "q=pelican&channel=\(secret)") == ["pelican in private"])
      let author = try await test.id("sam")
      #expect(try await Self.found(lea, "q=pelican&author=\(author)") == ["pelican for all"])
      #expect(try await lea.delete("/api/chat/channels/\(secret)/members/\(author)").status == 200)
      #expect(try await Self.found(sam, "q=pelican").count == 2)
      #expect(try await sam.get("/api/chat/search?q=pelican&channel=\(secret)").status == 404)
      #expect(try await lea.delete("/api/chat/channels/\(secret)").status == 200)
      #expect(try await Self.found(lea, "q=pelican").count == 2)
    }
  }

  @Test func `accents and case are ignored, and the last word may be a prefix`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      try await test.said("Réunion d’Été à Évry", in: "1", by: lea)
      for query in ["reunion", "REUNION", "r%C3%A9union+evr", "ete", "%C3%89T%C3%89"] {
        #expect(try await Self.found(lea, "q=\(query)").count == 1, "\(query)")
      }
      #expect(try await Self.found(lea, "q=reu+evry").isEmpty)
      let hit = try await lea.get("/api/chat/search?q=evr").json[0]
      #expect(hit?["snippet"]?.string == "Réunion d’Été à \u{2}Évry\u{3}")
      #expect(hit?["channelName"]?.string == "general")
      #expect(hit?["message"]?["authorName"]?.string == "Lea")
    }
  }

  @Test func `a message is found by its current words, and not after deletion`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let first = try await test.said("walrus", in: "1", by: lea)
      let second = try await test.said("walrus too", in: "1", by: lea)
      #expect(try await Self.found(lea, "q=walrus").count == 2)
      for (id, text) in [(first, "penguin"), (first, "puffin")] {
        #expect(
          try await lea.send("PATCH", "/api/chat/messages/\(id)", ["text": .string(text)]).status == 200)
      }
      #expect(try await Self.found(lea, "q=walrus") == ["walrus too"])
      #expect(try await Self.found(lea, "q=penguin").isEmpty)
      #expect(try await Self.found(lea, "q=puffin") == ["puffin"])
      #expect(try await lea.delete("/api/chat/messages/\(second)").status == 200)
      #expect(try await Self.found(lea, "q=walrus").isEmpty)
      // Changed and deleted before it was indexed.
      let third = try await test.said("ostrich", in: "1", by: lea)
      let fourth = try await test.said("ostrich", in: "1", by: lea)
      #expect(try await lea.send("PATCH", "/api/chat/messages/\(third)", ["text": "emu"]).status == 200)
      #expect(try await lea.delete("/api/chat/messages/\(fourth)").status == 200)
      #expect(try await Self.found(lea, "q=ostrich").isEmpty)
      #expect(try await Self.found(lea, "q=emu") == ["emu"])
      try await test.checkIndex()
    }
  }

  @Test func `results come newest first and paged, and include unindexed messages`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let ids = try await test.wrote(ChatSearch.batch * 2 + 10, in: "1", by: "lea") { "heron number \($0)" }
      let first = try await lea.get("/api/chat/search?q=heron&limit=2")
      let found = first.json.array?.compactMap { $0["message"]?["id"]?.string }
      #expect(found == [ids[ids.count - 1], ids[ids.count - 2]].map(String.init))
      let next = try #require(first.headers["x-next-before"])
      #expect(next == String(ids[ids.count - 2]))
      let rest = try await lea.get("/api/chat/search?q=heron&limit=500&before=\(next)").json.array
      #expect(rest?.count == 500)
      #expect(rest?.first?["message"]?["id"]?.string == String(ids[ids.count - 3]))
    }
  }

  @Test func `indexing continues after a restart`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let ids = try await test.wrote(700, in: "1", by: "lea") { "stork \($0)" }
      let isMore = try await test.appliance.database.write { try ChatSearch.advance(in: $0) }
      #expect(isMore)
      let again = try await test.restarted()
      let home = TestClient(port: again.port, token: lea.token, headers: lea.headers)
      #expect(try await Self.found(home, "q=stork&limit=500").count == 500)
      #expect(try await Self.found(home, "q=stork&before=\(ids[300])&limit=500").count == 300)
      try await again.checkIndex()
      await again.appliance.stop()
    }
  }

  /// | posters                    | searchers                | index in the background |
  /// |----------------------------|--------------------------|-------------------------|
  /// | post, edit, delete, …      | look, and read the rest  | advances it             |
  @Test func `the index matches the table under concurrent changes`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      _ = try await test.wrote(ChatSearch.batch * 2, in: "1", by: "lea") { "old crane \($0)" }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<3 {
          group.addTask {
            for number in 0..<25 {
              let id = try await test.said("crane \(writer) \(number)", in: "1", by: lea)
              let path = "/api/chat/messages/\(id)"
              if number % 2 == 0 {
                _ = try await lea.send("PATCH", path, ["text": .string("egret \(number)")])
              }
              if number % 3 == 0 { _ = try await lea.delete(path) }
            }
          }
        }
        group.addTask {
          for _ in 0..<25 { _ = try await lea.get("/api/chat/search?q=crane") }
        }
        group.addTask {
          let database = test.appliance.database
          for _ in 0..<25 { _ = try await database.write { try ChatSearch.advance(in: $0) } }
        }
        try await group.waitForAll()
      }
      #expect(try await Self.found(lea, "q=egret&limit=500").count == 3 * 8)
      #expect(try await Self.found(lea, "q=crane+0").count > 0)
      try await test.checkIndex()
    }
  }

  @Test func `messages are indexed without any search`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.said("kingfisher", in: "1", by: lea)
      // Tests run none of their own.
      let indexer = ChatIndexer(database: test.appliance.database, log: test.appliance.log)
      indexer.start()
      let isThere = try await test.changes.wait {
        try await test.appliance.database.read { try ChatSearch.indexed(in: $0).contains(id) }
      }
      await indexer.stop()
      #expect(isThere)
    }
  }
}
