@_spi(_Unicode) import Swift

/// Normalizes text for searching and for unique names: ignores case, accents and invisible characters, and
/// collapses white space.
///
/// Stored keys (`channels.name_key`) depend on it: a change needs a migration that computes them again.
public enum Folding {
  /// `Ångström`, `ÅNGSTRÖM` and `angstrom` fold to the same text; so do `Straße` and `STRASSE`, and `Σίσυφος`
  /// and `σισυφοσ`.
  ///
  /// Marks that are vowels, tones or consonants (Indic, Thai, kana) are kept, and Hangul stays composed.
  public static func fold(_ text: String) -> String {
    var text = text
    if let folded = text.withUTF8(foldASCII) { return folded }
    return foldScalars(text)
  }

  /// Folds ASCII bytes; nil when a byte is not ASCII.
  static func foldASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    return String(unsafeUninitializedCapacity: bytes.count) { folded in
      var count = 0
      for byte in bytes {
        let small = lowered(byte)
        if small == 0x20, count > 0, folded[count - 1] == 0x20 { continue }
        folded[count] = small
        count += 1
      }
      return count
    }
  }

  /// The ASCII byte in lower case; any white space becomes a space.
  @inline(__always) static func lowered(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case 0x09...0x0D: 0x20
    default: byte
    }
  }

  private static func foldScalars(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in text._nfd {
      if scalar.isASCII {
        append(Unicode.Scalar(lowered(UInt8(truncatingIfNeeded: scalar.value))), &folded)
        continue
      }
      let properties = scalar.properties
      if properties.isDefaultIgnorableCodePoint || isAccent(properties.canonicalCombiningClass) { continue }
      if properties.isWhitespace {
        append(" ", &folded)
      } else if let plain = plain(scalar) {
        folded.append(contentsOf: plain.unicodeScalars)
      } else {
        folded.append(contentsOf: withoutCase(scalar))
      }
    }
    return String(String.UnicodeScalarView(String(folded)._nfc))
  }

  private static func append(_ scalar: Unicode.Scalar, _ folded: inout String.UnicodeScalarView) {
    if scalar == " ", folded.last == " " { return }
    folded.append(scalar)
  }

  /// Overlays, the points of Hebrew, Arabic and Syriac, and marks above or below a letter. Not the nukta, the
  /// voicing of kana, viramas, and the vowels and tones of Telugu, Thai, Lao and Tibetan.
  private static func isAccent(_ combining: Unicode.CanonicalCombiningClass) -> Bool {
    switch combining.rawValue {
    case 1, 10...36, 200...240: true
    default: false
    }
  }

  /// Lower case of the upper case, which folds ß to ss, ς to σ and ı to i.
  private static func withoutCase(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    var result = String.UnicodeScalarView()
    for low in scalar.properties.lowercaseMapping.unicodeScalars {
      for high in low.properties.uppercaseMapping.unicodeScalars {
        for last in high.properties.lowercaseMapping.unicodeScalars
        where !isAccent(last.properties.canonicalCombiningClass) { result.append(last) }
      }
    }
    return result
  }

  /// Base letters for letters with a stroke and the like, which Unicode does not decompose, and for
  /// full-width ASCII.
  private static func plain(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0xD8, 0xF8: "o"
    case 0xC6, 0xE6: "ae"
    case 0x152, 0x153: "oe"
    case 0x110, 0x111, 0xD0, 0xF0: "d"
    case 0x141, 0x142: "l"
    case 0x126, 0x127: "h"
    case 0x166, 0x167: "t"
    case 0x2018, 0x2019, 0x2BC: "'"
    case 0xFF01...0xFF5E:
      String(UnicodeScalar(lowered(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))))
    default: nil
    }
  }
}
