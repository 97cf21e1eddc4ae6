import GIFT
import Testing

@Suite struct NumberTests {
  @Test(arguments: [
    "", " ", "a", "1a", "--1", "1,2,3", "1.2,3", "1/0", "1/2/3", "/2", "1/", "1e999", "nan", "inf", "0x1F",
    "½", "٣",
    String(repeating: "1", count: 41),
  ]) func `what is no number is none`(text: String) {
    #expect(Number.value(of: text) == nil)
  }

  @Test func `numbers are read as people write them`() {
    let rows: [(String, Double)] = [
      ("3", 3), (" 3.14 ", 3.14), ("3,14", 3.14), (",5", 0.5), ("+2", 2), ("\u{2212}0,5", -0.5),
      ("6.02e23", 6.02e23),
      ("1E-3", 0.001), ("1 234,5", 1234.5), ("1\u{202F}234\u{2009}567", 1_234_567), ("1\u{A0}000", 1000),
      ("22/7", 22.0 / 7), ("-1 / 4", -0.25), ("1,5/3", 0.5),
    ]
    for (text, number) in rows { #expect(Number.value(of: text) == number, "\(text)") }
  }
}
