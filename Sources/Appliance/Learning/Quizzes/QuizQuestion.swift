/// A question of a quiz as its author wrote it.
struct QuizQuestion: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    /// One right option, or any number of them.
    case single, multiple
    case boolean, text, number
    /// Options to be put in order, or each to be given one of `choices`.
    case order, match
  }

  /// The right answer. Indexes are those of `options`; for `match`, those of `choices` by option.
  enum Right: Sendable, Equatable {
    case index(Int)
    case indexes([Int])
    case truth(Bool)
    /// Every accepted text.
    case texts([String])
    case number(Double, tolerance: Double)
  }

  static let most = 200
  static let optionCount = 2...30
  static let longestOption = 500
  static let longestAnswer = 500
  static let mostPoints: Double = 1_000

  /// Unique in the quiz, and kept when the question is edited; 0 before it is saved.
  var id: Int64
  let kind: Kind
  let text: String
  /// "" for none.
  var imageURL = ""
  var options: [String] = []
  var choices: [String] = []
  let right: Right
  var points: Double = 1
  /// Shown after an attempt; "" for none.
  var explanation = ""

  /// Whether answers to one are answers to the other, so that they may be counted together.
  func asksTheSame(as other: QuizQuestion) -> Bool {
    id == other.id && kind == other.kind && text == other.text && options == other.options
      && choices == other.choices && right == other.right
  }
}

extension QuizQuestion {
  /// The places of `texts` in an order that says nothing of their own, and is the same whenever they are: by their
  /// hash. Never their own order.
  static func scrambled(_ texts: [String]) -> [Int] {
    let keyed = texts.indices.map { (key: hash(texts[$0]), index: $0) }
    let places = keyed.sorted { $0.key == $1.key ? texts[$0.index] < texts[$1.index] : $0.key < $1.key }
      .map(\.index)
    guard places == Array(texts.indices), let first = places.first else { return places }
    return Array(places.dropFirst()) + [first]
  }

  /// FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
