import HTTP
import Mailer

/// An e-mail address that somebody typed.
enum EmailField {
  static let name = "email"

  /// What is wrong with it, and what to do; nil where it is an address.
  static func problem(_ address: String) -> FieldError? {
    guard (try? Address(email: address, name: nil)) == nil else { return nil }
    guard isForeignLocalPart(address) else { return FieldError(name, "INVALID_EMAIL", wholeAddress) }
    return FieldError(name, "INVALID_EMAIL", plainLocalPart)
  }

  /// Whether the address would be one if there were only ASCII letters before its `@`.
  private static func isForeignLocalPart(_ address: String) -> Bool {
    guard let at = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
    let isForeign = address.utf8[..<at].contains { $0 >= 0x80 }
    return isForeign && (try? Address(email: "a" + String(address[at...]), name: nil)) != nil
  }

  private static let wholeAddress = Sentence(
    fr: "Saisissez une adresse e-mail valide, comme nom@exemple.fr.",
    en: "Enter a valid email address, such as name@example.org.")

  private static let plainLocalPart = Sentence(
    fr: "Saisissez une adresse e-mail sans accents avant le @.",
    en: "Enter an email address without accented letters before the @.")
}
