/// Takes out of a text what may name people or places, or open something: quoted words, e-mail and network addresses,
/// web addresses, home folders, and long words of letters and digits. Rather takes out too much.
enum Redaction {
  /// The fields of a log line that are kept; others are left out.
  private static let fields: Set<String> = [
    "time", "level", "event", "id", "error", "message", "machine", "result", "status", "step", "kind",
    "attempt",
    "late", "problem", "solved", "undo", "silent", "sent", "seed", "prepare", "passes", "memory", "most",
    "missing",
    "lines", "check", "state", "bytes", "us", "restored",
  ]

  static func text(_ text: String) -> String {
    words(withoutQuotes(text)).joined(separator: " ")
  }

  /// A line of the log with its known fields only.
  static func logLine(_ line: String) -> String {
    LogFields(line).filter { fields.contains($0.key) }
      .map { $0.key == "time" ? "time=\($0.value)" : "\($0.key)=\(text($0.value))" }.joined(separator: " ")
  }

  /// Replaces what stands between quotes, which is what people wrote.
  private static func withoutQuotes(_ text: String) -> String {
    var kept = String.UnicodeScalarView()
    var end: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if let closing = end {
        if scalar == closing { end = nil }
        continue
      }
      guard let closing = quotes[scalar] else {
        kept.append(scalar)
        continue
      }
      end = closing
      kept.append(contentsOf: "<text>".unicodeScalars)
    }
    return String(kept)
  }

  private static let quotes: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "“": "”", "«": "»", "„": "“"]

  private static func words(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" || $0 == "\t" }.map(word)
  }

  private static func word(_ word: Substring) -> String {
    if word == "<text>" { return "<text>" }
    if word.utf8.contains(UInt8(ascii: "@")) { return "<email>" }
    if word.contains("://") { return "<url>" }
    if word.hasPrefix("/home/") { return "/home/<text>" }
    // Parts between marks that no address and no token has.
    let parts = word.split(omittingEmptySubsequences: false) { "()[]{}<>,;='`|&?".contains($0) }
    return parts.contains { isAddress($0) }
      ? "<address>" : parts.contains { isToken($0) } ? "<token>" : String(word)
  }

  /// Whether it looks like an IPv4, IPv6 or MAC address, with a port or a prefix or without.
  private static func isAddress(_ part: Substring) -> Bool {
    let dotted = part.prefix { $0 == "." || $0.isASCII && $0.isNumber }.split(separator: ".")
    if dotted.count == 4 { return true }
    let hex = part.prefix { $0 == ":" || $0.isHexDigit }
    return hex.count { $0 == ":" } >= 2 && hex.count > 3
  }

  /// Whether it could be a secret: 20 letters and digits or more, with both. Dates have fewer.
  private static func isToken(_ part: Substring) -> Bool {
    let longest = part.split { !($0.isASCII && ($0.isLetter || $0.isNumber || "-_+/".contains($0))) }
      .map { $0.filter { $0 != "/" } }.max { $0.count < $1.count }
    guard let longest, longest.count >= 20 else { return false }
    return longest.contains(where: \.isNumber) && longest.contains(where: \.isLetter)
  }
}
