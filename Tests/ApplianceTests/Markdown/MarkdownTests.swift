import Testing

@testable import Appliance

@Suite struct MarkdownTests {
  @Test(arguments: [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](data:text/html;base64,AAAA)", "<a href=\"vbscript:x\">x</a>", "[x](  JAVASCRIPT:alert(1))",
    "<iframe src=//example.org></iframe>", "<style>*{}</style>", "`</code><script>`", "&lt;script&gt;",
  ])
  func `HTML and script addresses of a text do not reach its markup`(text: String) {
    let html = Markdown.html(text).lowercased()
    for part in [
      "<script", "<img src=x", "onerror=", "<iframe", "<style", "=\"javascript", "=\"vbscript",
      "=\"data:text",
    ] {
      #expect(!html.contains(part), "\(html)")
    }
  }

  @Test func `tables, struck text, web addresses and line breaks are rendered`() {
    let html = Markdown.html("| a |\n|---|\n| ~~b~~ |\n\nwww.example.org\nnext")
    for part in ["<table>", "<del>b</del>", "<a href=\"http://www.example.org\">", "<br />"] {
      #expect(html.contains(part), "\(html)")
    }
  }

  @Test func `a short text with a huge table, deep quotes or broken UTF-8 has bounded markup`() {
    let wide = String(repeating: "|a", count: 2_000) + "|\n" + String(repeating: "|-", count: 2_000) + "|\n"
    for text in [
      wide + String(repeating: "x\n", count: 1_000), String(repeating: ">", count: 10_000),
      String(repeating: "[", count: 10_000), String(repeating: "*a **a ", count: 1_400),
      String(repeating: "<!--", count: 2_500), "a\0b",
    ] {
      let html = Markdown.html(text)
      #expect(!html.isEmpty && html.utf8.count <= 128 << 10)
    }
  }

  @Test func `a text that is too long or would not be seen is shown as it is, escaped`() {
    let html = Markdown.html("<b>" + String(repeating: "x", count: 70_000))
    #expect(html.utf8.starts(with: "<pre>&lt;b&gt;xxx".utf8))
    #expect(Markdown.html("[a]: b") == "<pre>[a]: b</pre>\n")
    #expect(Markdown.html("") == "")
  }
}
