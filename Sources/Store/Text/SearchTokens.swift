@_spi(_Unicode) import Swift

/// Splits a text into search words, folded by `Folding`, each with its position in the text.
///
/// Letters, digits and marks form words. In a script that is written without spaces, each scalar is a word,
/// so that a phrase is found in the middle of a sentence.
public struct SearchTokens: Sendable {
  public struct Token: Sendable {
    /// Byte range of the word in `folded`.
    public fileprivate(set) var word: Range<Int>
    /// Range of UTF-8 bytes in `source`, including the accents and invisible characters that follow.
    public fileprivate(set) var place: Range<Int>
    /// The word is a single scalar of a script without spaces; nothing continues it.
    public let isAlone: Bool
    /// A combining mark, drawn on the character before it.
    public let isMark: Bool
  }

  /// Raise it whenever the splitting changes: an index of another version must be built again.
  public static let version: Int64 = 1
  /// In bytes; the rest of a longer word is ignored.
  private static let longestWord = 128

  /// The text, in NFC.
  public let source: String
  /// The words in UTF-8, separated by one space. Its only ASCII characters are lower-case letters, digits and
  /// these spaces.
  public private(set) var folded: [UInt8] = []
  public private(set) var tokens: [Token] = []
  private var isOpen = false

  public init(_ text: String) {
    let isNormal = text.unicodeScalars.allSatisfy { $0.value < 0x300 }
    source = isNormal ? text : String(String.UnicodeScalarView(text._nfc))
    folded.reserveCapacity(source.utf8.count + 8)
    var start = 0
    for scalar in source.unicodeScalars {
      let end = start + UTF8.width(scalar)
      if scalar.isASCII {
        take(ascii: UInt8(truncatingIfNeeded: scalar.value), at: start..<end)
      } else {
        take(FoldedScalar(scalar), at: start..<end)
      }
      start = end
    }
  }

  private mutating func take(ascii byte: UInt8, at place: Range<Int>) {
    let small = Folding.lowered(byte)
    switch small {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      goOn(at: place)
      if isShort { append(CollectionOfOne(small)) }
    default: isOpen = false
    }
  }

  private mutating func take(_ scalar: FoldedScalar, at place: Range<Int>) {
    switch scalar {
    case .nothing:
      if let last = tokens.last, last.place.upperBound == place.lowerBound { stretch(to: place.upperBound) }
    case .gap: isOpen = false
    case .word(let text):
      goOn(at: place)
      if isShort { append(text.utf8) }
    case .alone(let text, let isMark):
      begin(at: place, isAlone: true, isMark: isMark)
      append(text.utf8)
      isOpen = false
    }
  }

  /// Extends the current word to `place`, or starts a new one.
  private mutating func goOn(at place: Range<Int>) {
    if isOpen { stretch(to: place.upperBound) } else { begin(at: place, isAlone: false, isMark: false) }
  }

  private var isShort: Bool { (tokens.last?.word.count ?? 0) < Self.longestWord }

  private mutating func begin(at place: Range<Int>, isAlone: Bool, isMark: Bool) {
    if !folded.isEmpty { folded.append(UInt8(ascii: " ")) }
    let start = folded.count
    tokens.append(Token(word: start..<start, place: place, isAlone: isAlone, isMark: isMark))
    isOpen = true
  }

  private mutating func stretch(to end: Int) {
    let last = tokens.count - 1
    tokens[last].place = tokens[last].place.lowerBound..<end
  }

  private mutating func append(_ bytes: some Collection<UInt8>) {
    folded.append(contentsOf: bytes)
    let last = tokens.count - 1
    tokens[last].word = tokens[last].word.lowerBound..<folded.count
  }
}

extension SearchTokens {
  /// The words separated by spaces, as the full-text index stores them.
  public var document: String { String(decoding: folded, as: UTF8.self) }

  public func word(_ token: Token) -> ArraySlice<UInt8> { folded[token.word] }

  /// The words of at least `shortest` characters, each once, without those of scripts without spaces.
  public func longWords(from shortest: Int) -> Set<String> {
    Set(
      tokens.lazy.filter { !$0.isAlone && $0.word.count >= shortest }
        .map { String(decoding: word($0), as: UTF8.self) }
        .filter { $0.unicodeScalars.count >= shortest })
  }

  /// Where `words` occur one after the other, as non-overlapping ranges of tokens. `isPrefix`: the last word
  /// may be only the start of a token.
  public func places(of words: [[UInt8]], isPrefix: Bool) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var start = 0
    while let found = place(of: words, isPrefix: isPrefix, from: start) {
      places.append(found)
      start = found.upperBound
    }
    return places
  }

  /// The first of `places` at or after `start`.
  public func place(of words: [[UInt8]], isPrefix: Bool, from start: Int = 0) -> Range<Int>? {
    guard !words.isEmpty else { return nil }
    var first = start
    while first + words.count <= tokens.count {
      if stand(words, isPrefix: isPrefix, at: first) { return first..<first + words.count }
      first += 1
    }
    return nil
  }

  private func stand(_ words: [[UInt8]], isPrefix: Bool, at first: Int) -> Bool {
    for (index, word) in words.enumerated() {
      let there = tokens[first + index].word
      let mayGoOn = isPrefix && index == words.count - 1
      guard there.count == word.count || (mayGoOn && there.count > word.count) else { return false }
      for offset in word.indices where folded[there.lowerBound + offset] != word[offset] { return false }
    }
    return true
  }
}
