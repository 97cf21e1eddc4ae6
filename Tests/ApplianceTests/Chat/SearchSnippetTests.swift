import Testing

@testable import Appliance

@Suite struct SearchSnippetTests {
  private static func snippet(_ text: String, _ words: String) throws -> String {
    SearchSnippet(of: text, try #require(SearchWords(words))).string
  }

  @Test func `a short text is shown completely`() throws {
    #expect(try Self.snippet("", "a") == "")
    #expect(try Self.snippet("…!", "a") == "…!")
    #expect(try Self.snippet("no such word", "heron") == "no such word")
    #expect(try Self.snippet("(A heron!) ", "her") == "(A \u{2}heron\u{3}!) ")
    #expect(
      try Self.snippet("heron heron-egret", "heron heron-eg") == "\u{2}heron\u{3} \u{2}heron-egret\u{3}")
    #expect(try Self.snippet("上上上", "上上") == "\u{2}上上\u{3}上")
  }

  @Test func `of a long text the part with most matches is shown`() throws {
    let hay = String(repeating: "hay ", count: 200)
    let text = hay + "heron " + hay + "egret and heron " + hay
    let snippet = try Self.snippet(text, "heron egret")
    #expect(snippet.hasPrefix("…hay hay"))
    #expect(snippet.hasSuffix("hay hay…"))
    #expect(snippet.contains("hay \u{2}egret\u{3} and \u{2}heron\u{3} hay"))
    #expect(snippet.count < 200)
    #expect(try Self.snippet(hay + "heron.", "heron").hasSuffix("hay \u{2}heron\u{3}."))
    #expect(try Self.snippet("heron " + hay, "heron").hasPrefix("\u{2}heron\u{3} hay"))
  }

  @Test func `a match in a long text without spaces is shown with its surroundings`() throws {
    let text = String(repeating: "海", count: 500) + "上" + String(repeating: "海", count: 500)
    let snippet = try Self.snippet(text, "上")
    #expect(
      snippet == "…" + String(repeating: "海", count: 24) + "\u{2}上\u{3}" + String(repeating: "海", count: 71)
        + "…")
  }
}
