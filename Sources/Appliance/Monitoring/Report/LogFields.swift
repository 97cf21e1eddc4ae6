/// The fields of a line of our log, in order; values without their quotes and escapes.
struct LogFields: Sequence, IteratorProtocol {
  private var rest: Substring.UnicodeScalarView

  init(_ line: String) { rest = line[...].unicodeScalars }

  mutating func next() -> (key: String, value: String)? {
    while rest.first == " " { rest.removeFirst() }
    let key = rest.prefix { $0 != "=" && $0 != " " }
    guard !key.isEmpty else { return nil }
    rest = rest.dropFirst(key.count)
    guard rest.first == "=" else { return (String(key), "") }
    rest.removeFirst()
    return (String(key), rest.first == "\"" ? quoted() : plain())
  }

  private mutating func plain() -> String {
    let value = rest.prefix { $0 != " " }
    rest = rest.dropFirst(value.count)
    return String(value)
  }

  private mutating func quoted() -> String {
    rest.removeFirst()
    var value = String.UnicodeScalarView()
    while let scalar = rest.popFirst(), scalar != "\"" {
      if scalar == "\\", let escaped = rest.popFirst() {
        value.append(escaped == "n" || escaped == "t" || escaped == "r" ? " " : escaped)
      } else {
        value.append(scalar)
      }
    }
    return String(value)
  }
}
