/// Length limits for user input. Bytes are limited as well, since one Character may have any number of
/// combining marks.
extension String {
  private static let bytesPerCharacter = 4

  /// Whether it has at most this many Characters, and on average at most four bytes for each.
  func fits(_ characters: Int) -> Bool {
    if utf8.count <= characters { return true }
    return utf8.count <= characters * Self.bytesPerCharacter && count <= characters
  }

  /// The longest prefix that `fits`.
  func clipped(to characters: Int) -> String {
    if utf8.count <= characters { return self }
    var end =
      utf8.index(startIndex, offsetBy: characters * Self.bytesPerCharacter, limitedBy: endIndex) ?? endIndex
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end].prefix(characters))
  }

  /// Whether nothing is visible: white space, zero-width characters, variation selectors and fillers only.
  var isInvisible: Bool { unicodeScalars.allSatisfy(\.isInvisible) }
}

extension Unicode.Scalar {
  var isInvisible: Bool {
    if isASCII { return value <= 0x20 || value == 0x7F }
    // The blank Braille pattern and interlinear annotation characters are invisible, too.
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || value == 0x2800
      || (0xFFF9...0xFFFB).contains(value) || properties.generalCategory == .control
  }
}
