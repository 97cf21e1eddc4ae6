/// Limits on what people write. One Character may have any number of marks, so that bytes are counted, too.
extension String {
  private static let bytesPerCharacter = 4

  /// Whether it is at most so many characters, as people count them, and four bytes for each of them.
  func fits(_ characters: Int) -> Bool {
    if utf8.count <= characters { return true }
    return utf8.count <= characters * Self.bytesPerCharacter && count <= characters
  }

  /// As much of the beginning as `fits`.
  func clipped(to characters: Int) -> String {
    if utf8.count <= characters { return self }
    var end =
      utf8.index(startIndex, offsetBy: characters * Self.bytesPerCharacter, limitedBy: endIndex) ?? endIndex
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end].prefix(characters))
  }

  /// Whether nothing of it can be seen: blanks, zero widths, variation selectors and fillers alone.
  var isInvisible: Bool { unicodeScalars.allSatisfy(\.isInvisible) }
}

extension Unicode.Scalar {
  var isInvisible: Bool {
    if isASCII { return value <= 0x20 || value == 0x7F }
    // A pattern of Braille without dots is drawn as a blank, and so are the marks of interlinear notes.
    return properties.isWhitespace || properties.isDefaultIgnorableCodePoint || value == 0x2800
      || (0xFFF9...0xFFFB).contains(value) || properties.generalCategory == .control
  }
}
