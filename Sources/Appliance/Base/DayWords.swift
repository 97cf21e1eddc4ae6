import HTTP

/// Days in words.
enum DayWords {
  /// "1er mars 2026" and "1 March 2026" of a text that begins with `2026-03-01`; nil for another text.
  static func sentence(_ text: String) -> Sentence? {
    let parts = String(text.prefix(10)).split(byte: "-", maxSplits: 2).compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return nil }
    let month = months[parts[1] - 1]
    let first = parts[2] == 1 ? "1er" : "\(parts[2])"
    return Sentence(fr: "\(first) \(month.fr) \(parts[0])", en: "\(parts[2]) \(month.en) \(parts[0])")
  }

  private static let months: [Sentence] = [
    Sentence(fr: "janvier", en: "January"), Sentence(fr: "février", en: "February"),
    Sentence(fr: "mars", en: "March"), Sentence(fr: "avril", en: "April"), Sentence(fr: "mai", en: "May"),
    Sentence(fr: "juin", en: "June"), Sentence(fr: "juillet", en: "July"), Sentence(fr: "août", en: "August"),
    Sentence(fr: "septembre", en: "September"), Sentence(fr: "octobre", en: "October"),
    Sentence(fr: "novembre", en: "November"), Sentence(fr: "décembre", en: "December"),
  ]
}
