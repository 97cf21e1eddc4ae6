/// Finds ASCII delimiters by their bytes. A delimiter followed by a combining mark is a different Character,
/// which `split` and `hasPrefix` do not match, although every other program sees the delimiter; and they
/// treat canonically equivalent texts as equal.
extension StringProtocol {
  public func hasBytes(prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

  public func hasBytes(suffix: some StringProtocol) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Whether the text contains the ASCII character.
  public func hasByte(_ character: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: character)) }

  /// Splits the text at an ASCII character.
  public func split(
    byte separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [SubSequence] {
    utf8.split(
      separator: UInt8(ascii: separator), maxSplits: maxSplits,
      omittingEmptySubsequences: omittingEmptySubsequences
    ).map { self[$0.startIndex..<$0.endIndex] }
  }

  /// Removes every occurrence of the ASCII character.
  public func without(byte character: Unicode.Scalar) -> String {
    String(decoding: utf8.filter { $0 != UInt8(ascii: character) }, as: UTF8.self)
  }
}
