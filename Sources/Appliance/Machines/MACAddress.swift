/// The MAC address of a network card, such as `52:54:00:12:34:56`.
struct MACAddress: Sendable, Hashable, CustomStringConvertible {
  /// Six pairs of lower-case hexadecimal digits separated by colons.
  let description: String

  init?(_ text: String) {
    let parts = text.lowercased().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6,
      parts.allSatisfy({ $0.utf8.count == 2 && UInt8($0, radix: 16) != nil && !$0.hasPrefix("+") })
    else { return nil }
    description = parts.joined(separator: ":")
  }
}
