/// One mailbox: `ada@example.org`, optionally with the person's name.
public struct Address: Sendable, Equatable {
  /// At most 254 ASCII characters in the form `local@domain` (RFC 5321: dot-atom and host name). An
  /// internationalised domain is in its ASCII form; the local part must be ASCII, since not every server
  /// supports SMTPUTF8.
  public let email: String
  /// At most 200 bytes of UTF-8 without control characters; encoded when the header is written.
  public let name: String?

  /// Parses `ada@example.org`, `Ada <ada@example.org>` or `"Lovelace, Ada" <ada@example.org>`.
  ///
  /// Throws a permanent error for anything else, and for control characters.
  public init(_ text: String) throws(MailerError) {
    let trimmed = Self.trim(text.unicodeScalars[...])
    guard trimmed.last == ">" else {
      try self.init(email: String(trimmed), name: nil)
      return
    }
    guard let open = trimmed.lastIndex(of: "<") else { throw Self.refusal("no < before >") }
    let email = trimmed[trimmed.index(after: open)...].dropLast()
    let name = Self.trim(trimmed[..<open])
    try self.init(email: String(email), name: try Self.unquote(name))
  }

  /// Creates an address from its parts; an empty name means none.
  public init(email: String, name: String?) throws(MailerError) {
    guard email.utf8.count <= 1000, let email = Self.ascii(email), Self.isValid(email: email) else {
      throw Self.refusal("not a mail address")
    }
    if let name, !name.isEmpty {
      guard name.utf8.count <= 200 else { throw Self.refusal("the name is too long") }
      guard !name.unicodeScalars.contains(where: \.isControl) else {
        throw Self.refusal("control character in the name")
      }
      self.name = name
    } else {
      self.name = nil
    }
    self.email = email
  }

  /// The canonical spelling under which an address is stored and searched: lower case, with an
  /// internationalised domain in Unicode. Text that is not an address is only lower-cased.
  public static func spelling(of text: String) -> String {
    guard text.utf8.count <= 1000, let at = text.unicodeScalars.lastIndex(of: "@") else {
      return text.lowercased()
    }
    let domain = String(text.unicodeScalars[at...].dropFirst())
    return String(text.unicodeScalars[...at]).lowercased() + DomainName.readable(domain)
  }

  private static func refusal(_ reason: String) -> MailerError {
    MailerError(kind: .permanent, message: "address refused: \(reason)")
  }

  private static func trim(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
    var rest = text
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }

  /// Works on scalars: a quote followed by a combining mark ends the name for every other parser.
  private static func unquote(_ text: Substring.UnicodeScalarView) throws(MailerError) -> String {
    guard text.first == "\"" else { return String(text) }
    guard text.count >= 2, text.last == "\"" else { throw refusal("unfinished quote in the name") }
    var name = String.UnicodeScalarView()
    var escaped = false
    for scalar in text.dropFirst().dropLast() {
      if scalar == "\\", !escaped {
        escaped = true
      } else {
        name.append(scalar)
        escaped = false
      }
    }
    guard !escaped else { throw refusal("unfinished quote in the name") }
    return String(name)
  }

  /// The address with its domain in ASCII; nil when the domain has no ASCII form.
  private static func ascii(_ email: String) -> String? {
    guard !email.utf8.allSatisfy({ $0 < 0x80 }) else { return email }
    guard let at = email.unicodeScalars.lastIndex(of: "@"),
      let domain = DomainName.ascii(String(email.unicodeScalars[at...].dropFirst()))
    else { return nil }
    return String(email.unicodeScalars[...at]) + domain
  }

  private static func isValid(email: String) -> Bool {
    let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, email.utf8.count <= 254 else { return false }
    return isLocalPart(parts[0]) && HostName.isValid(parts[1])
  }

  private static func isLocalPart(_ local: Substring.UTF8View) -> Bool {
    guard (1...64).contains(local.count) else { return false }
    let atoms = local.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return atoms.allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
  }

  private static func isAtomText(_ byte: UInt8) -> Bool {
    byte.isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }
}
