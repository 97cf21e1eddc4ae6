import Store

/// An excerpt of a text around the matches, which are put between U+0002 and U+0003.
struct SearchSnippet {
  /// The length of an excerpt: a word takes three units, a character of a script without spaces one.
  private static let room = 96
  /// The part of it that may precede the first match.
  private static let context = 24
  /// Maximum number of start positions that are compared.
  private static let mostPlaces = 32

  private let text: SearchTokens
  private let places: [(tokens: Range<Int>, phrase: Int)]

  init(of text: String, _ words: SearchWords) {
    self.text = SearchTokens(text)
    places = words.places(in: self.text)
  }

  /// Whether the text contains any of the words.
  var hasMatch: Bool { !places.isEmpty }

  var string: String {
    let shown = part
    let bytes = Array(text.source.utf8)
    var snippet: [UInt8] = []
    var position = 0
    if shown.lowerBound > 0 {
      snippet += Array("…".utf8)
      position = text.tokens[shown.lowerBound].place.lowerBound
    }
    let end =
      shown.upperBound < text.tokens.count ? text.tokens[shown.upperBound - 1].place.upperBound : bytes.count
    for mark in marks(within: shown) {
      snippet += bytes[position..<mark.lowerBound] + [2] + bytes[mark] + [3]
      position = mark.upperBound
    }
    if position < end { snippet += bytes[position..<end] }
    if shown.upperBound < text.tokens.count { snippet += Array("…".utf8) }
    return String(decoding: snippet, as: UTF8.self)
  }

  /// The tokens to show: the range with the most matches.
  private var part: Range<Int> {
    let all = text.tokens.indices
    if end(from: 0, Self.room) == all.upperBound { return all }
    var best = (start: 0, phrases: 0)
    for place in places.prefix(Self.mostPlaces) {
      let start = place.tokens.lowerBound
      let reach = start..<end(from: start, Self.room - Self.context)
      let phrases = Set(places.lazy.filter { reach.contains($0.tokens.lowerBound) }.map(\.phrase)).count
      if phrases > best.phrases { best = (start, phrases) }
    }
    let start = self.start(before: best.start, Self.context)
    let end = end(from: start, Self.room)
    return (end == all.upperBound ? self.start(before: end, Self.room) : start)..<end
  }

  private func end(from start: Int, _ room: Int) -> Int {
    var (end, left) = (start, room - cost(start))
    while end < text.tokens.count, left >= 0 {
      end += 1
      left -= cost(end)
    }
    return end
  }

  private func start(before end: Int, _ room: Int) -> Int {
    var (start, left) = (end, room)
    while start > 0, left >= cost(start - 1) {
      start -= 1
      left -= cost(start)
    }
    return start
  }

  private func cost(_ token: Int) -> Int {
    text.tokens.indices.contains(token) && text.tokens[token].isAlone ? 1 : 3
  }

  /// The byte ranges to mark, sorted and not adjacent; combining marks stay with their letter.
  private func marks(within shown: Range<Int>) -> [Range<Int>] {
    var marks: [Range<Int>] = []
    for place in places where shown.contains(place.tokens.lowerBound) {
      let last = min(place.tokens.upperBound, shown.upperBound) - 1
      let start = text.tokens[place.tokens.lowerBound].place.lowerBound
      let end = wholeEnd(of: last, within: shown)
      if let before = marks.last, before.upperBound > start {
        marks[marks.count - 1] = before.lowerBound..<max(before.upperBound, end)
      } else {
        marks.append(start..<end)
      }
    }
    return marks
  }

  private func wholeEnd(of token: Int, within shown: Range<Int>) -> Int {
    var last = token
    while last + 1 < shown.upperBound, text.tokens[last + 1].isMark,
      text.tokens[last + 1].place.lowerBound == text.tokens[last].place.upperBound
    {
      last += 1
    }
    return text.tokens[last].place.upperBound
  }
}
