import HTTP
import Testing

@testable import Appliance

/// Search in every script, including those written without spaces.
@Suite(.serialized) struct ScriptSearchTests {
  /// Messages with the queries that find them and those that do not.
  private static let said: [(text: String, finds: [String], misses: [String])] = [
    ("我家在上海东边。", ["上海", "我家", "东边", "海东边", "在 家", "东边。"], ["海上", "上东", "家上海", "上海 西"]),
    ("でも優柔不断だったね。", ["優柔不断", "不断だった", "でも", "断"], ["柔優", "だでも"]),
    ("スーパーがガラガラ", ["ーパー", "カ\u{3099}ラ", "がガラ"], ["カラ", "スパ"]),
    ("สวัสดีครับประชุมพรุ่งนี้", ["ประชุม", "สวัสดี", "พรุ่งนี้", "ประชุ", "ครับ ประ"], ["ประชม", "นี้พรุ่ง"]),
    ("ភាសាខ្មែរពិរោះ", ["ខ្មែរ", "ភាសា", "ពិរោះ"], ["ខែរ"]),
    ("မြန်မာဘာသာစကား", ["ဘာသာ", "မြန်မာ", "စကား"], ["ဘသာ"]),
    ("ພາສາລາວງາມ", ["ລາວ", "ງາມ"], ["ວລາ"]),
    (
      "서울대학교에서 만나요", ["서울", "대학교", "학교에서", "서울 만나", "\u{1109}\u{1165}\u{110B}\u{116E}\u{11AF}"], ["울서", "서우"]
    ),
    ("ABC株式会社のiPhone15", ["株式会社", "abc株式", "会社のＩＰＨＯＮＥ", "iphone1"], ["bc株式", "phone15"]),
    ("हिन्दी में लिखा", ["हिन्दी", "हिन्", "लिखा में"], ["न्दी", "हनदी"]),
    ("Приём в Ёлке", ["прием", "ПРИЁМ", "елк"], ["рием"]),
    ("Σίσυφος ὁ Ἀθηναῖος", ["ΣΙΣΥΦΟΣ", "σίσυφοσ", "αθηναι"], ["ισυφος"]),
    ("Straße in ŁÓDŹ, İzmir", ["STRASSE", "strasse lodz", "izmir", "łódź", "straß"], ["trasse"]),
    ("قَالَ أحمد مرحبا", ["احمد", "قال", "أَحْمَد مرح"], ["حمد"]),
    ("e\u{301}te\u{301} à l’Île", ["été", "ETE", "ile", "l'ile", "l’île"], ["te"]),
  ]

  private static func found(_ person: TestClient, _ words: String) async throws -> [String] {
    let answer = try await person.get("/api/chat/search?limit=500&q=" + words.percentEncoded)
    #expect(answer.status == 200, "\(words): \(answer.text)")
    return answer.json.array?.compactMap { $0["message"]?["text"]?.string } ?? []
  }

  private static func check(_ lea: TestClient, _ how: String) async throws {
    for (text, finds, misses) in said {
      for words in finds { #expect(try await found(lea, words).contains(text), "\(words), \(how)") }
      for words in misses { #expect(try await !found(lea, words).contains(text), "not \(words), \(how)") }
    }
  }

  @Test func `words are found within a text, with and without the index`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for message in Self.said { try await test.said(message.text, in: "1", by: lea) }
      try await Self.check(lea, "not indexed")
      try await test.index(3)
      try await Self.check(lea, "indexed")
      try await test.checkIndex()
    }
  }

  @Test func `matches are marked, with whole letters and their marks`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      for message in Self.said { try await test.said(message.text, in: "1", by: lea) }
      for (words, snippet) in [
        ("上海", "我家在\u{2}上海\u{3}东边。"), ("不断 でも", "\u{2}でも\u{3}優柔\u{2}不断\u{3}だったね。"),
        ("ประช", "สวัสดีครับ\u{2}ประชุ\u{3}มพรุ่งนี้"), ("lodz strasse", "\u{2}Straße\u{3} in \u{2}ŁÓDŹ\u{3}, İzmir"),
        ("ete", "\u{2}été\u{3} à l’Île"), ("قال", "\u{2}قَالَ\u{3} أحمد مرحبا"),
      ] {
        let hit = try await lea.get("/api/chat/search?q=" + words.percentEncoded).json[0]
        #expect(hit?["snippet"]?.string == snippet, "\(words)")
      }
    }
  }

  @Test func `hostile queries and texts are treated as words or nothing`() async throws {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let broken: [UInt8] =
        Array("heron ".utf8) + [0xFF, 0xC3, 0x20, 0xED, 0xA0, 0x80, 0x61, 0x00, 0x62, 0x22]
      let author = try await test.id("lea")
      try await test.appliance.database.write { tx in
        try tx.execute(
          "INSERT INTO chat_messages (channel_id, author_id, text, created_at) VALUES (1, ?, CAST(? AS TEXT), ?)",
          author, broken, tx.now)
      }
      let heron = String(decoding: broken, as: UTF8.self)
      for isIndexed in [false, true] {
        if isIndexed { try await test.index() }
        for words in ["heron", "heron b", "hero", "a"] {
          #expect(try await Self.found(lea, words).count == 1, "\(words) \(isIndexed)")
        }
        for words in [
          "heron\"\u{301}", "heron NEAR(b)", "\"heron*", "heron\u{0}b", "hero\u{301}n\u{301}\u{301}",
          "*heron*",
          "heron \u{2028}\"", "heron " + String(repeating: "\u{301}\"", count: 200),
        ] {
          #expect(try await lea.get("/api/chat/search?q=" + words.percentEncoded).status == 200, "\(words)")
        }
        #expect(try await Self.found(lea, String(repeating: "上", count: 600)).isEmpty)
        #expect(try await Self.found(lea, String(repeating: "ก\u{E49}", count: 300)).isEmpty)
      }
      try await test.checkIndex()
      let id = try #require(try await lea.get("/api/chat/search?q=heron").json[0]?["message"]?["id"]?.string)
      #expect(try await lea.get("/api/chat/search?q=heron").json[0]?["message"]?["text"]?.string == heron)
      #expect(try await lea.delete("/api/chat/messages/\(id)").status == 200)
      try await test.checkIndex()
      #expect(try await Self.found(lea, "heron").isEmpty)
    }
  }
}
