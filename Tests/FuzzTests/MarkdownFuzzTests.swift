import Testing

@testable import Appliance

/// Text that people write, as markup.
@Suite(.serialized) struct MarkdownFuzzTests {
  private static let tags: Set<String> = [
    "p", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5",
    "h6",
    "table", "thead", "tbody", "tr", "th", "td", "a", "img", "br", "hr",
  ]

  @Test func `markup has only the elements of Markdown, and is bounded`() throws {
    let seeds = [
      "**a** ~~b~~ `c`\n\n> d\n\n1. e\n- f\n", "| a | b |\n|:-:|--:|\n| c | d |",
      "[a](javascript:x \"y\") ![b](c)",
      "<script>a</script>\n\n<div onclick=b>\n\n&#x3c;c&gt;",
      "www.a.example a@b.example https://c.example/d?e=f",
      "```html\n<b>\n```\n\n# a\n\n[r]: data:text/html,x\n[r]",
    ]
    let words = ["<", ">", "|", "*", "`", "[", "](", "javascript:", "\n\n", "&lt;", "\"", "\0"]
    try Fuzzer.run("markdown", seeds, words: words) { input in
      let html = Markdown.html(String(decoding: input, as: UTF8.self))
      try hold(html.utf8.count <= 128 << 10, "bounded")
      for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
        if part.hasPrefix("!-- raw HTML omitted -->") { continue }
        let name = part.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
        try hold(Self.tags.contains(String(name)) && !name.isEmpty, "<\(name)")
      }
      let lower = html.lowercased()
      for address in ["href=\"javascript:", "src=\"javascript:", "href=\"data:text", "href=\"vbscript:"] {
        try hold(!lower.contains(address), address)
      }
    }
  }
}
