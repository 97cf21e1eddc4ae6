/// The languages of the product; French unless the client prefers English.
public enum Language: String, Sendable, CaseIterable {
  case fr, en

  /// The preferred language of an `Accept-Language` value such as `en-GB,en;q=0.8,fr;q=0.5`.
  public static func preferred(acceptLanguage: String?) -> Language {
    guard let acceptLanguage else { return .fr }
    var best: (language: Language, weight: Int) = (.fr, 0)
    for range in acceptLanguage.utf8.prefix(256).split(separator: UInt8(ascii: ",")) {
      let parts = range.split(separator: UInt8(ascii: ";"))
      guard let tag = parts.first, let language = Language(tag: tag) else { continue }
      let weight = parts.dropFirst().compactMap(Self.weight).first ?? 1000
      if weight > best.weight { best = (language, weight) }
    }
    return best.language
  }

  private init?(tag: some Collection<UInt8>) {
    let letters = tag.drop { $0 == UInt8(ascii: " ") }.prefix { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
    switch letters.map({ $0 | 0x20 }) {
    case Array("fr".utf8): self = .fr
    case Array("en".utf8): self = .en
    default: return nil
    }
  }

  /// Thousandths of a quality value, such as 850 for `q=0.85`; nil for another parameter.
  private static func weight(_ parameter: some Collection<UInt8>) -> Int? {
    let text = parameter.filter { $0 != UInt8(ascii: " ") }
    guard text.count >= 3, text[0] | 0x20 == UInt8(ascii: "q"), text[1] == UInt8(ascii: "=") else {
      return nil
    }
    let digits = text.dropFirst(2).filter { $0 >= 0x30 && $0 <= 0x39 }.prefix(4).map { Int($0) - 0x30 }
    let padded = digits + Array(repeating: 0, count: 4 - digits.count)
    return min(1000, padded.reduce(0) { $0 * 10 + $1 })
  }
}

/// A text in both languages.
public struct Sentence: Sendable, Equatable {
  public let fr: String
  public let en: String

  public init(fr: String, en: String) {
    self.fr = fr
    self.en = en
  }

  public func callAsFunction(_ language: Language) -> String {
    switch language {
    case .fr: fr
    case .en: en
    }
  }
}
