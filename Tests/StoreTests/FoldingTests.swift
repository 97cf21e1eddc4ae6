import Store
import Testing

/// Which texts are equal for search and names, and which are not.
@Suite struct FoldingTests {
  @Test(arguments: [
    ("Ångström", "angstrom"), ("E\u{301}quipe", "équipe"), ("ÉLÉONORE", "éléonore"), ("Straße", "STRASSE"),
    ("ẞ", "ss"),
    ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("Ἀθῆναι", "αθηναι"), ("МОСКВА", "москва"), ("Ёлка", "елка"),
    ("İstanbul", "ıstanbul"),
    ("ISTANBUL", "istanbul"), ("Đà Nẵng", "da nang"), ("Việt Nam", "VIET NAM"), ("Łódź", "lodz"),
    ("Smørrebrød", "smorrebrod"),
    ("ＡＢＣ", "abc"), ("ﬁn", "FIN"), ("O’Brien", "o'brien"), ("a\u{200B}b", "ab"), ("a\u{A0} \t b", "a b"),
    ("\u{1112}\u{1161}\u{11AB}", "한"), ("か\u{3099}", "が"), ("أحمد", "احمد"), ("שָׁלוֹם", "שלום"),
    ("❤\u{FE0F}", "❤"),
  ])
  func `these texts fold to the same key`(one: String, other: String) {
    #expect(Folding.fold(one) == Folding.fold(other))
    #expect(Folding.fold(Folding.fold(one)) == Folding.fold(one))
  }

  @Test(arguments: [
    ("की", "का"), ("कि", "क"), ("क़", "क"), ("가", "각"), ("か", "が"), ("ก้า", "กา"), ("a", "b"), ("క్", "క"),
    ("上", "海"),
  ])
  func `these texts fold to different keys`(one: String, other: String) {
    #expect(Folding.fold(one).unicodeScalars.elementsEqual(Folding.fold(other).unicodeScalars) == false)
  }

  @Test func `Hangul and Devanagari are unchanged by folding`() {
    for text in ["각하", "हिन्दी", "ประชุม", "優柔不断"] {
      #expect(Folding.fold(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }
}
