/// Numbers as people write them.
public enum Number {
  private static let longest = 40

  /// A finite decimal number with a point or a comma, with an exponent or as a fraction: `-3,14`, `6e-3`, `22/7`. White
  /// space of any width may be around it and between its digits. Nil for anything else.
  public static func value(of text: String) -> Double? {
    let scalars = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    guard scalars.count <= longest else { return nil }
    let parts = String(String.UnicodeScalarView(scalars)).split(
      separator: "/", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { decimal($0) }
    guard numbers.count == parts.count, let number = numbers.first else { return nil }
    let value = numbers.count == 1 ? number : numbers.count == 2 ? number / numbers[1] : .nan
    return value.isFinite ? value : nil
  }

  private static func decimal(_ text: Substring) -> Double? {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar {
      case ",": "."
      // As typography writes it.
      case "\u{2212}": "-"
      default: scalar
      }
    }
    guard !scalars.isEmpty,
      scalars.allSatisfy({ ("0"..."9").contains($0) || "+-.eE".unicodeScalars.contains($0) })
    else { return nil }
    return Double(String(String.UnicodeScalarView(scalars)))
  }
}
