/// Looks for delimiters by their bytes. A delimiter that carries a combining mark is another Character, which `split` and
/// `hasPrefix` pass over though every other program sees it; and to these, texts of different bytes may be the same.
extension StringProtocol {
  public func hasBytes(prefix: some StringProtocol) -> Bool { utf8.starts(with: prefix.utf8) }

  public func hasBytes(suffix: some StringProtocol) -> Bool {
    utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
  }

  /// Whether the ASCII character stands anywhere.
  public func hasByte(_ character: Unicode.Scalar) -> Bool { utf8.contains(UInt8(ascii: character)) }

  /// The parts between an ASCII character.
  public func split(
    byte separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [SubSequence] {
    utf8.split(
      separator: UInt8(ascii: separator), maxSplits: maxSplits,
      omittingEmptySubsequences: omittingEmptySubsequences
    ).map { self[$0.startIndex..<$0.endIndex] }
  }

  /// Without the ASCII character, wherever it stands.
  public func without(byte character: Unicode.Scalar) -> String {
    String(decoding: utf8.filter { $0 != UInt8(ascii: character) }, as: UTF8.self)
  }
}
