import Store
import Testing

/// Splitting of texts into search words.
@Suite struct SearchTokensTests {
  private static func words(_ text: String) -> [String] {
    let tokens = SearchTokens(text)
    return tokens.tokens.map { String(decoding: tokens.word($0), as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("", []), (" \t\n", []), ("\"\u{301}", []), ("\u{0}\u{1F}", []), ("🎉👩‍👩‍👧", []), ("\u{FFFD}", []),
      ("\u{200B}\u{2060}\u{AD}", []), ("→ • …", []), ("\u{E0100}\u{FE0F}", []),
      ("a\u{0}b", ["a", "b"]), ("\"\u{301}a\"\u{94D}", ["a", "\u{94D}"]), ("a\u{AD}b\u{200D}c", ["abc"]),
      ("1\u{FE0F}\u{20E3} x", ["1", "x"]), ("a_b-c.d'e", ["a", "b", "c", "d", "e"]), ("L’été", ["l", "ete"]),
      ("x2 ½ Ⅳ ²", ["x2", "½", "ⅳ", "²"]), ("a\r\nb\u{85}c\u{2028}d\u{3000}e", ["a", "b", "c", "d", "e"]),
    ] as [(String, [String])])
  func `punctuation, white space and invisible characters are not words`(text: String, words: [String]) {
    #expect(Self.words(text) == words)
  }

  @Test(arguments: [
    ("Évry", "evry"), ("E\u{301}VRY", "evry"), ("Straße", "strasse"), ("ŁÓDŹ", "lodz"),
    ("Smørrebrød", "smorrebrod"),
    ("İzmir", "izmir"), ("ışık", "isik"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("σίσυφος", "σισυφοσ"), ("Ёлка", "елка"),
    ("МОСКВА", "москва"), ("أَحْمَد", "احمد"), ("שָׁלוֹם", "שלום"), ("Ａｂｃ１", "abc1"), ("ﬁn", "fin"),
    ("Việt", "viet"), ("ǅ", "ǆ"), ("\u{1E900}", "\u{1E922}"),
  ])
  func `words are folded`(text: String, word: String) {
    #expect(Self.words(text) == [word])
    #expect(Self.words(text) == Self.words(Folding.fold(text)))
  }

  @Test(arguments: ["हिन्दी", "क्षत्रिय", "தமிழ்", "తెలుగు", "বাংলা", "ગુજરાતી", "മലയാളം", "فارسی"])
  func `matras and viramas stay in their word`(text: String) {
    #expect(Self.words(text).count == 1)
    #expect(Self.words(text + " x") == Self.words(text) + ["x"])
  }

  @Test func `in scripts without spaces every letter is a word`() {
    #expect(Self.words("我家在上海东边。") == ["我", "家", "在", "上", "海", "东", "边"])
    #expect(Self.words("でも優柔") == ["で", "も", "優", "柔"])
    #expect(Self.words("か\u{3099}") == ["が"])
    #expect(Self.words("ABC株式会社2024年") == ["abc", "株", "式", "会", "社", "2024", "年"])
    #expect(Self.words("서울에서") == ["서", "울", "에", "서"])
    #expect(Self.words("\u{1112}\u{1161}\u{11AB}") == ["한"])
    #expect(Self.words("ประชุม") == ["ป", "ร", "ะ", "ช", "ุ", "ม"])
    for text in ["ພາສາລາວ", "ភាសាខ្មែរ", "မြန်မာဘာသာ", "カタカナ", "ｶﾀｶﾅ", "𠀀𠀁", "ꆈꌠ"] {
      #expect(Self.words(text).joined() == text)
      #expect(Self.words(text).allSatisfy { $0.unicodeScalars.count == 1 })
    }
  }

  @Test func `an overlong word is cut between letters`() {
    let tokens = SearchTokens(String(repeating: "щ", count: 100_000) + " b")
    #expect(tokens.tokens.count == 2)
    #expect(tokens.tokens[0].word.count == 128)
    #expect(tokens.tokens[0].place == 0..<200_000)
    let marks = SearchTokens("a" + String(repeating: "\u{301}", count: 100_000) + "b")
    #expect(marks.folded == Array("ab".utf8))
  }

  /// Random scalars, with problematic ones more often.
  private static func text(_ random: inout SystemRandomNumberGenerator) -> String {
    let often: [UInt32] = [
      0x22, 0x301, 0x0, 0x200D, 0x94D, 0x3099, 0x1161, 0x11AB, 0xE31, 0x20, 0x41, 0x4E0A, 0x130,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      let any = UInt32.random(in: 0...0x10FFFF, using: &random)
      let value = [any, any % 0x3000, often.randomElement(using: &random) ?? 0x20].randomElement(
        using: &random)
      if let scalar = value.flatMap(Unicode.Scalar.init) { text.append(scalar) }
    }
    return String(text)
  }

  @Test func `positions are in order, at scalar boundaries, and inside the text`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let tokens = SearchTokens(Self.text(&random))
      let bytes = Array(tokens.source.utf8)
      var end = 0
      for token in tokens.tokens {
        #expect(token.place.lowerBound >= end && !token.place.isEmpty && !token.word.isEmpty)
        end = token.place.upperBound
        #expect(String(validating: bytes[token.place], as: UTF8.self) != nil)
        #expect(String(validating: tokens.word(token), as: UTF8.self) != nil)
      }
      #expect(end <= bytes.count)
    }
  }

  /// SQLite's tokenizer splits at ASCII characters other than letters and digits.
  @Test func `the full-text index has exactly these words, for any text`() async throws {
    let folder = try Folder()
    let database = try folder.open(migrations: Migration.all)
    var random = SystemRandomNumberGenerator()
    let texts = (0..<500).map { _ in Self.text(&random) }
    let found = try await database.write { tx in
      for (number, text) in texts.enumerated() {
        try tx.execute(
          "INSERT INTO chat_search (rowid, words) VALUES (?, ?)", number + 1, SearchTokens(text).document)
      }
      return try tx.query("SELECT doc, offset, term FROM chat_search_words") {
        "\($0.int(0)) \($0.int(1)) \($0.text(2))"
      }
    }
    let wanted = texts.enumerated().flatMap { number, text in
      Self.words(text).enumerated().map { "\(number + 1) \($0) \($1)" }
    }
    #expect(found.sorted() == wanted.sorted())
    // The words inserted for a text are the ones that must be removed.
    let left = try await database.write { tx in
      for (number, text) in texts.enumerated() {
        try tx.execute(
          "INSERT INTO chat_search (chat_search, rowid, words) VALUES ('delete', ?, ?)", number + 1,
          SearchTokens(text).document)
      }
      return try tx.scalar("SELECT count(*) FROM chat_search_words")
    }
    #expect(left == 0)
    await database.close()
  }

  /// The index keeps words produced years ago: when the splitting changes, it must be built again. Then raise
  /// `SearchTokens.version` together with the number here.
  @Test func `splitting a text matches version 1`() {
    var text = String.UnicodeScalarView()
    for value in Array(UInt32(0x20)..<0x3400) + Array(0xA000..<0xAC00) + Array(0xF900..<0xFFFF) {
      guard let scalar = Unicode.Scalar(value), (scalar.properties.age?.major ?? 99) < 15 else { continue }
      text.append(contentsOf: ["a", scalar, "b", " "])
    }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in SearchTokens(String(text)).folded { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    #expect(SearchTokens.version == 1)
    #expect(hash == 6085473476130367180)
  }
}
