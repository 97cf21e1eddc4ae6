extension String {
  /// The longest prefix of at most `most` bytes of UTF-8 that ends at a scalar boundary.
  ///
  /// Limits must count bytes: one Character may have any number of combining marks.
  func prefix(utf8 most: Int) -> String {
    guard utf8.count > most else { return self }
    var end = utf8.index(startIndex, offsetBy: most)
    while end > startIndex, !isBoundary(end) { end = utf8.index(before: end) }
    return String(self[startIndex..<end])
  }

  /// Whether a scalar starts at this index.
  private func isBoundary(_ index: Index) -> Bool { utf8[index] & 0xC0 != 0x80 }
}
