import HTTP
import Mailer

/// Validation of an e-mail address entered by a person.
enum EmailField {
  static let name = "email"

  /// The validation error; nil when the address is valid.
  static func problem(_ address: String) -> FieldError? {
    guard (try? Address(email: address, name: nil)) == nil else { return nil }
    guard isForeignLocalPart(address) else { return FieldError(name, "INVALID_EMAIL", wholeAddress) }
    return FieldError(name, "INVALID_EMAIL", plainLocalPart)
  }

  /// Whether only non-ASCII letters before the `@` make the address invalid.
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
