import HTTP

/// A valid change of the configuration on the page.
struct ConfigurationChange: Sendable {
  /// The new values; nil brings back the default.
  private(set) var values: [(setting: Setting, text: String?)] = []
  /// What is in force afterwards.
  let configuration: Configuration

  var names: [String] { values.map(\.setting.rawValue) }

  /// In bytes.
  private static let longest = 500

  /// Throws 400 with all invalid fields.
  init(_ body: JSONValue, of stored: [Setting: String], in site: Site) throws {
    var errors: [FieldError] = []
    var next = stored
    for setting in PageSettings.settings {
      guard let given = body[setting.rawValue] else { continue }
      let text = given.string?.trimmed() ?? ""
      if text.utf8.count > Self.longest {
        errors.append(setting.error("TOO_LONG", Self.tooLong))
      } else if text == stored[setting] ?? "" {
        continue
      } else if site.live.given.isFixed(setting) {
        errors.append(setting.error("FIXED", Self.fixed))
      } else {
        next[setting] = text.isEmpty ? nil : text
        values.append((setting, text.isEmpty ? nil : text))
      }
    }
    if let error = Self.errorOfKeptPassword(stored, next) { errors.append(error) }
    let checked = Self.checked(next, errors, in: site)
    configuration = checked.configuration
    errors = checked.errors
    if !errors.isEmpty { throw Failure.invalid(errors) }
  }

  /// A stored password must not be sent to a server that was entered without knowing it, nor unencrypted.
  private static func errorOfKeptPassword(_ stored: [Setting: String], _ next: [Setting: String])
    -> FieldError?
  {
    guard let kept = stored[.emailPassword], next[.emailPassword] == kept, next[.emailHost] != nil,
      [Setting.emailHost, .emailPort, .emailSecure].contains(where: { stored[$0] != next[$0] })
    else { return nil }
    return Setting.emailPassword.error("PASSWORD_NEEDED", passwordNeeded)
  }

  /// Collects the errors of all settings: each that is wrong is taken out, and the rest is tried again.
  private static func checked(
    _ values: [Setting: String], _ errors: [FieldError], in site: Site
  ) -> (configuration: Configuration, errors: [FieldError]) {
    var (left, errors) = (values, errors)
    while true {
      do throws(ConfigurationError) {
        return (try site.live.given.with(page: left), errors)
      } catch {
        guard let setting = Setting(rawValue: error.name) else { return (site.live.given, errors) }
        errors.append(setting.error("INVALID", setting.expectation))
        let isMail = left[setting] == nil && Setting.mail.contains(setting)
        let before = left
        for removed in isMail ? Setting.mail : [setting] { left[removed] = nil }
        if left == before { return (site.live.given, errors) }
      }
    }
  }

  private static let tooLong = Sentence(
    fr: "\(longest) caractères au plus.", en: "At most \(longest) characters.")
  private static let fixed = Sentence(
    fr: "Ce réglage est fixé par la configuration du serveur et ne peut pas être modifié ici.",
    en: "This setting is fixed by the server's configuration and cannot be changed here.")
  private static let passwordNeeded = Sentence(
    fr: "Le serveur change : saisissez de nouveau le mot de passe.",
    en: "The server changes: enter the password again.")
}

extension Setting {
  fileprivate func error(_ code: String, _ sentence: Sentence) -> FieldError {
    FieldError(rawValue, code, sentence)
  }

  /// What a value must be.
  fileprivate var expectation: Sentence {
    switch self {
    case .publicURL:
      Sentence(
        fr: "Saisissez une adresse comme https://obox.example.org.",
        en: "Enter an address such as https://obox.example.org.")
    case .publicIP, .emailHost:
      Sentence(fr: "Saisissez un nom d’hôte ou une adresse IP.", en: "Enter a host name or an IP address.")
    case .emailPort: Sentence(fr: "Saisissez un nombre de 1 à 65535.", en: "Enter a number from 1 to 65535.")
    case .emailUser, .emailPassword:
      Sentence(
        fr: "Saisissez l’identifiant et le mot de passe, ou aucun des deux.",
        en: "Enter both the user name and the password, or neither.")
    case .emailFrom:
      Sentence(
        fr: "Saisissez une adresse comme obox@example.org ou OBox <obox@example.org>.",
        en: "Enter an address such as obox@example.org or OBox <obox@example.org>.")
    default: Sentence(fr: "Choisissez une valeur de la liste.", en: "Choose a value from the list.")
    }
  }
}
