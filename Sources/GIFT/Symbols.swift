/// A character of a file; `isPlain` when it was written with a backslash and so delimits nothing.
struct Symbol: Equatable {
  let scalar: Unicode.Scalar
  let isPlain: Bool

  func `is`(_ delimiter: Unicode.Scalar) -> Bool { !isPlain && scalar == delimiter }

  var isBlank: Bool { !isPlain && scalar.properties.isWhitespace }
}

typealias Symbols = ArraySlice<Symbol>

extension Symbols {
  private static let escapable = Set<Unicode.Scalar>(["~", "=", "#", "{", "}", ":", "\\", ">", "/"])

  /// Resolves backslashes: `\n` is a line break, and the delimiters lose their meaning. `\>` and `\/` are ours, for
  /// `->` inside a pair and `//` at the start of an item.
  static func reading(_ text: String) -> Symbols {
    var symbols: [Symbol] = []
    var isAfterBackslash = false
    for scalar in text.unicodeScalars {
      if !isAfterBackslash {
        isAfterBackslash = scalar == "\\"
        if !isAfterBackslash { symbols.append(Symbol(scalar: scalar, isPlain: false)) }
        continue
      }
      isAfterBackslash = false
      if scalar == "n" {
        symbols.append(Symbol(scalar: "\n", isPlain: true))
        continue
      }
      if !escapable.contains(scalar) { symbols.append(Symbol(scalar: "\\", isPlain: true)) }
      symbols.append(Symbol(scalar: scalar, isPlain: escapable.contains(scalar)))
    }
    if isAfterBackslash { symbols.append(Symbol(scalar: "\\", isPlain: true)) }
    return symbols[...]
  }

  var trimmed: Symbols {
    guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else {
      return []
    }
    return self[first...last]
  }

  /// The text without white space at its ends.
  var text: String {
    var scalars = String.UnicodeScalarView()
    for symbol in trimmed { scalars.append(symbol.scalar) }
    return String(scalars)
  }

  /// Whether it begins with an unescaped delimiter.
  func begins(with delimiter: String) -> Bool {
    var index = startIndex
    for scalar in delimiter.unicodeScalars {
      guard index < endIndex, self[index].is(scalar) else { return false }
      index += 1
    }
    return true
  }

  /// Where an unescaped delimiter begins.
  func first(_ delimiter: String) -> Int? {
    indices.first { self[$0...].begins(with: delimiter) }
  }

  /// The parts before and after the first unescaped delimiter.
  func split(at delimiter: String) -> (before: Symbols, after: Symbols)? {
    first(delimiter).map { (self[..<$0], self[($0 + delimiter.unicodeScalars.count)...]) }
  }
}
