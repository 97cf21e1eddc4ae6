import HTTP
import Store
import Testing

@testable import Appliance

/// What the product reads of uploaded files, of texts that are searched, and of other programs.
@Suite(.serialized) struct ContentFuzzTests {
  @Test func `a file's kind follows from its bytes alone, with a size that a picture can have`() throws {
    try Fuzzer.run("files", seeds: Self.files, words: ["RIFF", "WEBP", "ftyp", "PK", "webm", "Exif", "<"]) {
      input in
      let kind = FileKind.of(input[...])
      // The same bytes in the middle of others, which must not be looked at.
      let within = [0xFF] + input + [0xFF, 0xD8]
      try hold(FileKind.of(within[1..<1 + input.count]) == kind, "the same kind")
      guard let kind else { return }
      try hold((0...1 << 24).contains(kind.width) && (0...1 << 24).contains(kind.height), "a size")
      try hold(kind.isInline || kind.width == 0, "a picture is shown")
    }
  }

  private static var files: [[UInt8]] {
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xDB, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8, 0, 9, 0, 7]
    let exif: [UInt8] =
      [0xFF, 0xD8, 0xFF, 0xE1, 0, 34] + Array("Exif\0\0II*\0".utf8) + [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0]
      + [1, 0, 0, 0, 6, 0, 0, 0] + jpeg.dropFirst(2)
    let entry: [UInt8] =
      [0x50, 0x4B, 1, 2] + zeros(24) + [1, 0] + zeros(12) + [0, 0, 0, 0] + Array("a".utf8)
    let zip: [UInt8] =
      [0x50, 0x4B, 3, 4] + zeros(26) + entry + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 30, 0]
      + zeros(4)
    return [
      png + Array("IHDR".utf8) + [0, 0, 0, 3, 0, 0, 0, 4] + zeros(20), jpeg + zeros(10), exif + zeros(10),
      zip,
      Array("GIF89a".utf8) + [1, 0, 2, 0] + zeros(10), Array("%PDF-1.7\n".utf8), [0x1F, 0x8B, 8] + zeros(20),
      Array("RIFF\0\0\0\0WEBPVP8X".utf8) + zeros(20), [0, 0, 0, 20] + Array("ftypisom".utf8) + zeros(16),
      [0x1A, 0x45, 0xDF, 0xA3, 0x8F, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84] + Array("webm".utf8) + zeros(8),
      Array("OggS".utf8) + zeros(22) + [1, 30] + Array("OpusHead".utf8),
      Array("\u{FEFF} <!doctype html>".utf8),
      [0xFF, 0xFB, 0x90, 0] + zeros(413) + [0xFF, 0xFB, 0x90, 0],
      Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 9] + zeros(9),
    ]
  }

  @Test func `a text is found by its own words, none of which is query syntax`() throws {
    let seeds = [
      "Déjà vu: l’été à Łódź", "上海 and 東京タワー", "สวัสดี 123", "e\u{301}\u{200D}x", "\"a\" OR b* NEAR(c)",
      "user@example.org",
      "I\u{307}stanbul ß ﬁ", "각각 가각",
    ]
    try Fuzzer.run("search", seeds, words: ["\"", "*", " OR ", "\u{200B}", "\u{85}", "가", "海", "ß"]) {
      input in
      let text = String(decoding: input, as: UTF8.self)
      let tokens = SearchTokens(text)
      let length = tokens.source.utf8.count
      try hold(
        tokens.tokens.allSatisfy { $0.place.upperBound <= length && !$0.word.isEmpty }, "within the text")
      _ = SearchPattern(text)
      guard let words = SearchWords(text) else { return }
      let quotes = words.expression(endings: nil).utf8.count { $0 == UInt8(ascii: "\"") }
      try hold(quotes == 2 * words.phrases.count, "no quote but those around phrases")
      // Beyond that a cut can fall between a letter and what is composed with it.
      guard text.unicodeScalars.count <= 500 else { return }
      try hold(words.stand(in: tokens), "found")
      try hold(words.places(in: tokens).allSatisfy { $0.tokens.upperBound <= tokens.tokens.count }, "places")
    }
  }

  @Test func `the rules of other firewalls are read in bounded time, also where chains lead in a circle`()
    throws
  {
    let nft = #"""
      {"nftables":[{"table":{"family":"ip","name":"f"}},{"chain":{"family":"ip","table":"f","name":"a",
      "type":"filter","hook":"forward","prio":0,"policy":"drop"}},{"rule":{"family":"ip","table":"f","chain":"a",
      "expr":[{"match":{"op":"==","left":{"meta":{"key":"iifname"}},"right":"obox0"}},{"jump":{"target":"b"}}]}},
      {"chain":{"family":"ip","table":"f","name":"b"}},{"rule":{"family":"ip","table":"f","chain":"b",
      "expr":[{"match":{"op":"!=","left":{"payload":{"protocol":"ip","field":"daddr"}},
      "right":{"prefix":{"addr":"10.77.0.0","len":24}}}},{"goto":{"target":"a"}}]}},{"rule":{"family":"ip",
      "table":"f","chain":"b","expr":[{"dnat":{"addr":{"map":{"key":{"payload":{"protocol":"tcp","field":"dport"}},
      "data":{"set":[[80,"10.0.0.1"],[{"range":[90,99]},"10.0.0.2"]]}}}}}]}}]}
      """#
    let legacy = """
      *filter
      :FORWARD DROP [0:0]
      :X - [0:0]
      -A FORWARD ! -i eth0 -s 10.0.0.0/8 -m comment --comment "a b" -j X
      -A X -p tcp -m tcp --dport 22 -g FORWARD
      COMMIT
      """
    let words = ["\"jump\"", "\"goto\"", "-1", "33", "\"set\":", "-A X -j X\n", "-j FORWARD", "! -o ", "/99"]
    try Fuzzer.run("firewall", [nft, legacy], words: words) { input in
      var rules = HostRules(JSONValue(parsing: input) ?? .null, own: "obox")
      rules.add(LegacyRules.table(String(decoding: input, as: UTF8.self)))
      if let found = rules.obstruction(bridge: "obox0", subnet: IPv4Subnet(host: "10.77.0.1/24")) {
        try hold(!found.title.isEmpty && !found.command(bridge: "obox0").isEmpty, "who, and what helps")
      }
      _ = rules.ports.contains(80)
    }
  }
}
