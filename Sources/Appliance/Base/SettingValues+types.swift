import Glibc
import HTTP

/// Typed accessors: nil when the setting is not set, an error when its value is invalid.
extension SettingValues {
  func integer(_ setting: Setting, _ range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
    guard let text = text(setting) else { return nil }
    guard text.utf8.count <= 9, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
      range.contains(number)
    else { throw mismatch(setting, "a number from \(range.lowerBound) to \(range.upperBound)") }
    return number
  }

  func choice<T>(_ setting: Setting, _ words: KeyValuePairs<String, T>) throws(ConfigurationError) -> T? {
    guard let text = text(setting)?.lowercased() else { return nil }
    for (word, value) in words where word == text { return value }
    throw mismatch(setting, "one of " + words.map(\.key).joined(separator: ", "))
  }

  func choice<T: CaseIterable & RawRepresentable<String>>(
    _ setting: Setting, _: T.Type
  ) throws(ConfigurationError) -> T? {
    guard let text = text(setting) else { return nil }
    if let value = T(rawValue: text.lowercased()) { return value }
    throw mismatch(setting, "one of " + T.allCases.map(\.rawValue).joined(separator: ", "))
  }

  /// Text without control characters.
  func line(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = text(setting) else { return nil }
    guard Self.isOneLine(text) else { throw mismatch(setting, "a single line of text") }
    return text
  }

  func path(_ setting: Setting) throws(ConfigurationError) -> String? { try line(setting) }

  func absolutePath(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let path = try line(setting) else { return nil }
    guard path.hasBytes(prefix: "/") else {
      throw mismatch(setting, "an absolute path such as /srv/obox")
    }
    return path
  }

  func password(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = try line(setting) else { return nil }
    if let problem = Password.problem(text) { throw error(setting, problem.sentence(.en)) }
    return text
  }

  func email(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = text(setting) else { return nil }
    guard Self.isEmail(text) else { throw mismatch(setting, "an email address") }
    return text
  }

  /// An e-mail address, alone or as `Name <address>`.
  func sender(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = try line(setting) else { return nil }
    let parts = text.split(byte: "<", maxSplits: 1, omittingEmptySubsequences: false)
    let address = parts.count == 2 ? Substring(parts[1].unicodeScalars.dropLast()) : text[...]
    guard parts.count == 1 || text.hasBytes(suffix: ">"), Self.isEmail(String(address)) else {
      throw mismatch(setting, "an email address such as obox@example.org or OBox <obox@example.org>")
    }
    return text
  }

  /// A host name or an IP address.
  func host(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = text(setting) else { return nil }
    guard Self.isHost(text) else { throw mismatch(setting, "a host name or IP address") }
    return text
  }

  /// `ADDRESS`, `ADDRESS:PORT`, `[IPv6]:PORT` or `:PORT`.
  func listenAddress() throws(ConfigurationError) -> (address: String, port: Int?)? {
    guard let text = text(.listen) else { return nil }
    if Self.isAddress(text) { return (text, nil) }
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
      let port = UInt16(text[text.utf8.index(after: colon)...]), port > 0
    else { throw mismatch(.listen, "an address and port such as 0.0.0.0:4000") }
    var address = String(text[..<colon])
    if address.hasPrefix("["), address.hasSuffix("]") { address = String(address.dropFirst().dropLast()) }
    if address.isEmpty { address = "0.0.0.0" }
    if address == "localhost" { address = "127.0.0.1" }
    guard Self.isAddress(address) else {
      throw mismatch(.listen, "an address and port such as 0.0.0.0:4000")
    }
    return (address, Int(port))
  }

  func webAddress(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard var text = text(setting) else { return nil }
    while text.hasBytes(suffix: "/") { text.unicodeScalars.removeLast() }
    guard Self.isOrigin(text) else { throw mismatch(setting, "a URL such as https://obox.example.org") }
    return text
  }

  /// Origins separated by commas or spaces.
  func origins(_ setting: Setting) throws(ConfigurationError) -> [String] {
    var origins: [String] = []
    for word in words(setting) {
      var origin = word
      while origin.hasBytes(suffix: "/"), origin != "file://" { origin.unicodeScalars.removeLast() }
      guard origin == "*" || origin == "null" || origin == "file://" || Self.isOrigin(origin) else {
        throw mismatch(setting, "a list of origins such as https://app.example.org")
      }
      origins.append(origin)
    }
    return origins
  }

  /// Addresses and subnets separated by commas or spaces.
  func networks(_ setting: Setting) throws(ConfigurationError) -> [String] {
    let words = words(setting)
    for word in words {
      let parts = word.split(byte: "/", omittingEmptySubsequences: false)
      let longest = word.contains(":") ? 128 : 32
      guard (1...2).contains(parts.count), Self.isAddress(String(parts[0])),
        parts.count == 1 || UInt8(parts[1]).map({ $0 <= longest }) == true
      else { throw mismatch(setting, "a list of IP addresses or subnets such as 10.0.0.0/8") }
    }
    return words
  }

  func subnet(_ setting: Setting, default text: String) throws(ConfigurationError) -> IPv4Subnet {
    guard let subnet = IPv4Subnet(host: self.text(setting) ?? text) else {
      throw mismatch(setting, "an IP address with its prefix such as 10.77.0.1/24")
    }
    return subnet
  }

  func interfaceName(_ setting: Setting, longest: Int) throws(ConfigurationError) -> String? {
    guard let text = text(setting) else { return nil }
    let isName = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
    guard isName, text.utf8.count <= longest, !text.hasPrefix("."), !text.hasPrefix("-") else {
      throw mismatch(setting, "a name of at most \(longest) letters, digits, dots and hyphens")
    }
    return text
  }

  func libvirtURI(_ setting: Setting) throws(ConfigurationError) -> String? {
    guard let text = try line(setting) else { return nil }
    let scheme = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    guard !scheme.isEmpty, text[scheme.endIndex...].hasBytes(prefix: "://"), !text.hasByte(" "),
      scheme.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2B })
    else { throw mismatch(setting, "a libvirt URI such as qemu:///system") }
    return text
  }

  /// Throws when only one of the two is set.
  func requireTogether(_ a: Setting, _ b: Setting) throws(ConfigurationError) {
    for (given, missing) in [(a, b), (b, a)] where text(given) != nil && text(missing) == nil {
      throw error(missing, "is required when \(given.rawValue) is set")
    }
  }

  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(byte: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && text.utf8.count <= 254 && isHost(String(parts[1]))
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[],;:\\\"".utf8.contains($0) }
  }

  private func words(_ setting: Setting) -> [String] {
    (text(setting) ?? "").unicodeScalars.split { $0 == "," || $0.isBlank }.map { String($0) }
  }

  private static func isOneLine(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && $0.value != 0x2028 && $0.value != 0x85
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    var bytes = in6_addr()
    return IPv4Address(text) != nil || inet_pton(AF_INET6, text, &bytes) == 1
  }

  static func isHost(_ text: String) -> Bool {
    if isAddress(text) { return true }
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
          && label.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
          }
      }
  }

  /// `http` or `https`, a host, and optionally a port; no path.
  private static func isOrigin(_ text: String) -> Bool {
    guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return false }
    let authority = text.dropFirst(scheme.count)
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { return false }
      let port = authority[authority.index(after: end)...]
      return isAddress(String(authority[authority.index(after: authority.startIndex)..<end]))
        && (port.isEmpty || port.hasPrefix(":") && UInt16(port.dropFirst()).map { $0 > 0 } == true)
    }
    let parts = authority.split(byte: ":", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count) && isHost(String(parts[0]))
      && (parts.count == 1 || UInt16(parts[1]).map { $0 > 0 } == true)
  }
}
