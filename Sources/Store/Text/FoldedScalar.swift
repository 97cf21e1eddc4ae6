/// How the search index treats one Unicode scalar.
enum FoldedScalar: Sendable {
  /// An accent or an invisible character: ignored.
  case nothing
  /// A separator between words.
  case gap
  /// A part of a word.
  case word(String)
  /// A word by itself, because its script is written without spaces between words. `isMark`: a combining
  /// mark.
  case alone(String, isMark: Bool)

  /// `scalar` must not be ASCII, and must come from a text in NFC.
  init(_ scalar: Unicode.Scalar) {
    let place = Int(scalar.value) - 0x80
    if Self.low.indices.contains(place) {
      self = Self.low[place]
    } else if Self.isPlain(scalar.value) {
      self = .alone(String(scalar), isMark: false)
    } else {
      self.init(lookingUp: scalar)
    }
  }

  private static let low = (UInt32(0x80)..<0x2000).map { value in
    Unicode.Scalar(value).map { FoldedScalar(lookingUp: $0) } ?? .gap
  }

  private init(lookingUp scalar: Unicode.Scalar) {
    let whole = Folding.fold(String(scalar))
    let folded = whole.unicodeScalars.filter(Self.isIndexed)
    if whole.isEmpty || scalar.properties.generalCategory == .enclosingMark {
      self = .nothing
    } else if folded.isEmpty {
      self = .gap
    } else if Self.standsAlone(scalar.value) {
      self = .alone(String(folded), isMark: Self.isMark(scalar))
    } else {
      self = .word(String(folded))
    }
  }

  /// Letters, numbers, private-use characters, and the marks that folding keeps.
  private static func isIndexed(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber, .nonspacingMark, .spacingMark, .privateUse:
      true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: false
    }
  }

  /// Han and Hangul: many characters, each of which is its own folded form.
  private static func isPlain(_ value: UInt32) -> Bool {
    switch value {
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x20000...0x2A6DF: true
    default: false
    }
  }

  /// Scripts written without spaces between words, and Hangul, where particles are attached to the word.
  private static func standsAlone(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF,  // Thai, Lao
      0x1000...0x109F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,  // Myanmar
      0x1100...0x11FF, 0x3130...0x318F, 0xA960...0xA97F, 0xAC00...0xD7FF,  // Hangul
      0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF, 0xAA80...0xAADF,  // Khmer, Tai scripts
      0x1B00...0x1B7F, 0xA980...0xA9DF,  // Balinese, Javanese
      0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x303C,  // Han: radicals, signs, numbers
      0x3041...0x312F, 0x31A0...0x31FF, 0xFF66...0xFFDC,  // kana, Bopomofo, narrow forms
      0x3400...0x4DBF, 0x4E00...0xA4CF, 0xF900...0xFAFF,  // Han, Yi
      0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFF:  // Tangut, Nushu, more kana, more Han
      true
    default: false
    }
  }
}
