/// One mailbox: `ada@example.org`, with or without the person's name.
public struct Address: Sendable, Equatable {
  /// At most 254 ASCII characters, in the form `local@domain` (dot-atom and host name of RFC 5321). An internationalised
  /// domain is given as its ASCII form; the part before the @ is ASCII, since not every server takes SMTPUTF8.
  public let email: String
  /// Without control characters, at most 200 of UTF-8; encoded when the header is written.
  public let name: String?

  /// Reads `ada@example.org`, `Ada <ada@example.org>` or `"Lovelace, Ada" <ada@example.org>`.
  ///
  /// Throws a permanent error for anything else, and for every control character.
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

  /// Takes the two parts as they are; an empty name is none.
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

  /// The one spelling under which an address is kept and looked for: in lower case, an internationalised domain as
  /// people read it. Text that is no address comes back in lower case.
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

  /// By scalars: a quote that carries a combining mark still ends the name for every reader.
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

  /// The address with its domain in ASCII; nil for a domain that has no such form.
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
