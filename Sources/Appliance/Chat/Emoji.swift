/// A single emoji, used as a reaction.
///
/// With or without the variation selector U+FE0F it is the same reaction, as both are stored in the form that
/// Unicode calls fully qualified. Skin tones are kept and are reactions of their own.
enum Emoji {
  static let mostBytes = 32

  /// The emoji as stored; nil when the text is not a single emoji.
  static func one(_ text: String) -> String? {
    guard text.utf8.count <= mostBytes, isOne(text) else { return nil }
    let bare = Array(bare(text).unicodeScalars)
    var whole = String.UnicodeScalarView()
    for (index, scalar) in bare.enumerated() {
      whole.append(scalar)
      let next = index + 1 < bare.count ? bare[index + 1] : nil
      let needsPicture = scalar.properties.isEmoji && !scalar.properties.isEmojiPresentation
      if needsPicture, !isTone(next), !scalar.isASCII || next == "\u{20E3}" { whole.append("\u{FE0F}") }
    }
    return String(whole)
  }

  /// Removes the variation selectors for text and emoji presentation.
  static func bare(_ text: String) -> String {
    var bare = String.UnicodeScalarView()
    bare.append(contentsOf: text.unicodeScalars.filter { $0 != "\u{FE0F}" && $0 != "\u{FE0E}" })
    return String(bare)
  }

  private static func isTone(_ scalar: Unicode.Scalar?) -> Bool {
    scalar?.properties.isEmojiModifier ?? false
  }

  private static func isOne(_ text: String) -> Bool {
    guard text.count == 1, let first = text.unicodeScalars.first else { return false }
    // Digits and some symbols are emoji only when followed by the keycap or the emoji variation selector.
    if first.properties.isEmojiPresentation { return true }
    return first.properties.isEmoji && text.unicodeScalars.contains { $0 == "\u{FE0F}" || $0 == "\u{20E3}" }
      || first.properties.isEmoji && !first.isASCII
  }
}
