extension String {
  /// Its beginning in at most `most` bytes of UTF-8, not ending within a scalar.
  ///
  /// Sizes are bytes and never Characters: one Character can have any number of combining marks.
  func prefix(utf8 most: Int) -> String {
    guard utf8.count > most else { return self }
    var end = utf8.index(startIndex, offsetBy: most)
    while end > startIndex, !isBoundary(end) { end = utf8.index(before: end) }
    return String(self[startIndex..<end])
  }

  /// Whether the byte there begins a scalar.
  private func isBoundary(_ index: Index) -> Bool { utf8[index] & 0xC0 != 0x80 }
}
