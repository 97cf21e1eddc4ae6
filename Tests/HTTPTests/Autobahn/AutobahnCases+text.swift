@testable import HTTP

/// Case 6: UTF-8. Text is validated when the message is complete, not at its first invalid byte, which the
/// standard allows (Autobahn calls that "non-strict").
extension AutobahnCase {
  private static let kosme = "κόσμε"
  private static let greeting = "Hello-µ@ßöäüàá-UTF-8!!"
  private static let wrong: [UInt8] =
    Array(kosme.utf8) + [0xED, 0xA0, 0x80] + Array("edited".utf8)

  static let textsInPieces: [AutobahnCase] = [
    AutobahnCase("6.1.1", [.text("")], [.text("")]),
    AutobahnCase(
      "6.1.2", [.text("", isFinal: false), .more("", isFinal: false), .more("", isFinal: true)], [.text("")]),
    AutobahnCase(
      "6.1.3", [.text("", isFinal: false), .more("a", isFinal: false), .more("", isFinal: true)], [.text("a")]
    ),
    AutobahnCase("6.2.1", [.text(greeting)], [.text(greeting)]),
    AutobahnCase("6.2.2", ClientFrame.pieces(1, Array(greeting.utf8), of: 12), [.text(greeting)]),
    AutobahnCase("6.2.3", ClientFrame.pieces(1, Array(greeting.utf8), of: 1), [.text(greeting)]),
    AutobahnCase("6.2.4", ClientFrame.pieces(1, Array(kosme.utf8), of: 1), [.text(kosme)]),
    AutobahnCase("6.3.1", [ClientFrame(opcode: 1, payload: wrong)], failing(1007)),
    AutobahnCase("6.3.2", ClientFrame.pieces(1, wrong, of: 1), failing(1007)),
    AutobahnCase("6.4.1", ClientFrame.pieces(1, wrong, of: 12), failing(1007)),
    AutobahnCase("6.x, wrong bytes in binary", [.binary(wrong)], [.binary(wrong)]),
  ]

  static let texts: [AutobahnCase] = known.map { number, hex, isValid in
    let payload = bytes(hex)
    let text = String(decoding: payload, as: UTF8.self)
    return AutobahnCase(
      number, [ClientFrame(opcode: 1, payload: payload)], isValid ? [.text(text)] : failing(1007))
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private static let known: [(String, String, Bool)] = [
    ("6.5.1", "cebae1bdb9cf83cebcceb5", true),
    ("6.6.1", "ce", false), ("6.6.2", "ceba", true), ("6.6.3", "cebae1", false),
    ("6.6.4", "cebae1bd", false), ("6.6.5", "cebae1bdb9", true), ("6.6.6", "cebae1bdb9cf", false),
    ("6.6.7", "cebae1bdb9cf83", true), ("6.6.8", "cebae1bdb9cf83ce", false),
    ("6.6.9", "cebae1bdb9cf83cebc", true), ("6.6.10", "cebae1bdb9cf83cebcce", false),
    ("6.6.11", "cebae1bdb9cf83cebcceb5", true),
    // The first and last code point of each length.
    ("6.7.1", "00", true), ("6.7.2", "c280", true), ("6.7.3", "e0a080", true), ("6.7.4", "f0908080", true),
    ("6.8.1", "f888808080", false), ("6.8.2", "fc8480808080", false),
    ("6.9.1", "7f", true), ("6.9.2", "dfbf", true), ("6.9.3", "efbfbf", true), ("6.9.4", "f48fbfbf", true),
    ("6.10.1", "f7bfbfbf", false), ("6.10.2", "fbbfbfbfbf", false), ("6.10.3", "fdbfbfbfbfbf", false),
    ("6.11.1", "ed9fbf", true), ("6.11.2", "ee8080", true), ("6.11.3", "efbfbd", true),
    ("6.11.4", "f48fbfbf", true), ("6.11.5", "f4908080", false),
    // Continuation bytes without a start byte.
    ("6.12.1", "80", false), ("6.12.2", "bf", false), ("6.12.3", "80bf", false), ("6.12.4", "80bf80", false),
    ("6.12.5", "80bf80bf", false), ("6.12.6", "80bf80bf80", false), ("6.12.7", "80bf80bf80bf", false),
    ("6.12.8", "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7", false),
    // Start bytes without continuation bytes.
    ("6.13.1", "c020c120c220c320df20", false), ("6.13.2", "e020e120ef20", false),
    ("6.13.3", "f020f120f720", false), ("6.13.4", "f820f920fb20", false), ("6.13.5", "fc20fd20", false),
    ("6.14.1", "c0", false), ("6.14.2", "e080", false), ("6.14.3", "f08080", false),
    ("6.14.4", "f8808080", false), ("6.14.5", "fc80808080", false), ("6.14.6", "df", false),
    ("6.14.7", "efbf", false), ("6.14.8", "f7bfbf", false), ("6.14.9", "fbbfbfbf", false),
    ("6.14.10", "fdbfbfbfbf", false),
    ("6.15.1", "c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf", false),
    ("6.16.1", "fe", false), ("6.16.2", "ff", false), ("6.16.3", "fefeffff", false),
    // Overlong encodings.
    ("6.17.1", "c0af", false), ("6.17.2", "e080af", false), ("6.17.3", "f08080af", false),
    ("6.17.4", "f8808080af", false), ("6.17.5", "fc80808080af", false),
    ("6.18.1", "c1bf", false), ("6.18.2", "e09fbf", false), ("6.18.3", "f08fbfbf", false),
    ("6.18.4", "f887bfbfbf", false), ("6.18.5", "fc83bfbfbfbf", false),
    ("6.19.1", "c080", false), ("6.19.2", "e08080", false), ("6.19.3", "f0808080", false),
    ("6.19.4", "f880808080", false), ("6.19.5", "fc8080808080", false),
    // Surrogates, alone and in pairs.
    ("6.20.1", "eda080", false), ("6.20.2", "edadbf", false), ("6.20.3", "edae80", false),
    ("6.20.4", "edafbf", false), ("6.20.5", "edb080", false), ("6.20.6", "edbe80", false),
    ("6.20.7", "edbfbf", false),
    ("6.21.1", "eda080edb080", false), ("6.21.2", "eda080edbfbf", false), ("6.21.3", "edadbfedb080", false),
    ("6.21.4", "edadbfedbfbf", false), ("6.21.5", "edae80edb080", false), ("6.21.6", "edae80edbfbf", false),
    ("6.21.7", "edafbfedb080", false), ("6.21.8", "edafbfedbfbf", false),
    // Noncharacters, which are valid.
    ("6.22.1", "efbfbe", true), ("6.22.2", "efbfbf", true), ("6.22.3", "f09fbfbe", true),
    ("6.22.4", "f09fbfbf", true), ("6.22.5", "f0afbfbe", true), ("6.22.6", "f0afbfbf", true),
    ("6.22.33", "f48fbfbe", true), ("6.22.34", "f48fbfbf", true),
    ("6.23.1", "efbfb9", true), ("6.23.2", "efbfba", true), ("6.23.3", "efbfbb", true),
    ("6.23.4", "efbfbc", true), ("6.23.5", "efbfbd", true), ("6.23.6", "efbfbe", true),
    ("6.23.7", "efbfbf", true),
  ]
}
